import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Start = typeof import('../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.ts');
type Postgres = Awaited<ReturnType<Start['startEmbeddedPostgres']>>;

const BUILT = new URL(
  '../dist/arch/common/infrastructure/database/embedded/start-embedded-postgres.js',
  import.meta.url,
).href;

/** An embedded PostgreSQL in a temporary folder, started apart from the nodes, so that several nodes and relays can use it. */
export class OwnDatabase {
  readonly folder: string;
  private readonly postgres: Postgres;

  private constructor(folder: string, postgres: Postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  static async start(): Promise<OwnDatabase> {
    const folder = mkdtempSync(join(tmpdir(), 'causerie-verify-'));
    const { startEmbeddedPostgres } = (await import(BUILT)) as Start;
    const silent = { debug: () => undefined, warn: () => undefined };
    return new OwnDatabase(folder, await startEmbeddedPostgres({ dataDir: folder, log: silent }));
  }

  get connection() {
    return this.postgres.connection;
  }

  /** Kills PostgreSQL; it is started again automatically. */
  kill(): void {
    const file = join(this.folder, 'postgres/postmaster.pid');
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL');
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
