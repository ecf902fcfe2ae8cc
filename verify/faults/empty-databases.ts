import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { OwnDatabase } from '../own-database.ts';

/** Empty databases of one embedded PostgreSQL: a run need not start one for itself. The server of each run migrates its own. */
export class EmptyDatabases {
  private readonly postgres: OwnDatabase;

  private constructor(postgres: OwnDatabase) {
    this.postgres = postgres;
  }

  static async start(): Promise<EmptyDatabases> {
    return new EmptyDatabases(await OwnDatabase.start());
  }

  /** Lends a database to `work`, and removes it afterwards. */
  async lend<T>(work: (url: string) => Promise<T>): Promise<T> {
    const name = `run_${randomUUID().replaceAll('-', '')}`;
    await this.execute(`create database ${name}`);
    const { user, host, port } = this.postgres.connection;
    try {
      return await work(`postgres://${user}@${encodeURIComponent(host)}:${port}/${name}`);
    } finally {
      await this.execute(`drop database ${name} with (force)`);
    }
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
    await this.postgres.remove();
  }

  private async execute(statement: string): Promise<void> {
    const client = new Client(this.postgres.connection);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}
