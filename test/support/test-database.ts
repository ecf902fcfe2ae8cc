import { randomUUID } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { inject, type ProvidedContext } from 'vitest';

/** A migrated, empty database for one test file. */
export class TestDatabase {
  private constructor(
    readonly connection: { host: string; port: number; user: string; database: string; ssl: false },
  ) {}

  static create(): Promise<TestDatabase> {
    return TestDatabase.from('migrated');
  }

  /** A database without migrations. */
  static empty(): Promise<TestDatabase> {
    return TestDatabase.from('template1');
  }

  private static async from(template: string): Promise<TestDatabase> {
    const database = `t_${randomUUID().replaceAll('-', '')}`;
    await onServer(`create database ${database} template ${template} strategy ${inject('copyStrategy')}`);
    return new TestDatabase({ ...postgres(), database, ssl: false });
  }

  /** Runs a statement on the database directly, without the application. */
  async query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client(this.connection);
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  async drop(): Promise<void> {
    await onServer(`drop database ${this.connection.database} with (force)`);
  }
}

function postgres(): ProvidedContext['postgres'] {
  const provided: ProvidedContext['postgres'] | undefined = inject('postgres');
  if (!provided)
    throw new Error('A spec that needs PostgreSQL is a .db.spec.ts, .e2e.spec.ts or .fault.spec.ts.');
  return provided;
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ ...postgres(), database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
