import { randomBytes } from 'node:crypto';
import type { AnswerCuts } from './network/answer-cuts.ts';
import type { Target } from './network/relay.ts';
import type { Options } from './options.ts';
import { OwnDatabase } from './own-database.ts';
import { OwnRedis } from './own-redis.ts';
import { OwnServer, UNLIMITED } from './own-server.ts';

type Wanted = Pick<Options, 'nodes' | 'redis' | 'database' | 'imports'>;

/** Nodes of the built server with their PostgreSQL and Redis, which are started here and removed at the end. */
export class OwnCluster {
  readonly nodes: OwnServer[] = [];
  /** Undefined when an existing database is used. */
  database: OwnDatabase | undefined;
  private redis: OwnRedis | undefined;

  /** @param cuts relays that cut answers of the database; undefined for none */
  static async start(wanted: Wanted, cuts?: AnswerCuts): Promise<OwnCluster> {
    const cluster = new OwnCluster();
    try {
      await cluster.start(wanted, cuts);
    } catch (error) {
      await cluster.stop();
      await cluster.remove();
      throw error;
    }
    return cluster;
  }

  get urls(): string[] {
    return this.nodes.map(({ url }) => url);
  }

  /** Folders of the logs and the data. */
  get folders(): string[] {
    return [...this.nodes, ...(this.database ? [this.database] : [])].map(({ folder }) => folder);
  }

  async isReady(): Promise<boolean> {
    const ready = await Promise.all(this.nodes.map((node) => node.isReady()));
    return ready.every(Boolean);
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.redis?.stop();
    await this.database?.stop();
  }

  async remove(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.remove()));
    await this.database?.remove();
  }

  private async start({ nodes, redis, database, imports }: Wanted, cuts?: AnswerCuts): Promise<void> {
    if (nodes > 1 && redis === undefined) this.redis = await OwnRedis.start();
    const redisUrl = redis ?? this.redis?.url;
    const variables = {
      ...UNLIMITED,
      JWT_ACCESS_SECRET: randomBytes(32).toString('hex'),
      DATABASE_URL: await this.databaseUrl(database, cuts),
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    };
    const options = imports.map((file) => `--import=${file}`);
    const started = Array.from({ length: nodes }, async () => {
      this.nodes.push(await OwnServer.start(variables, options));
    });
    await Promise.all(started);
  }

  private async databaseUrl(given: string | undefined, cuts?: AnswerCuts): Promise<string> {
    if (given === undefined) this.database = await OwnDatabase.start();
    const { user, host, port, database } = this.database?.connection ?? connectionOf(given ?? '');
    const [seen, at] = cuts ? ['127.0.0.1', await cuts.openBeforeDatabase({ host, port })] : [host, port];
    return `postgres://${user}@${encodeURIComponent(seen)}:${at}/${database}`;
  }
}

function connectionOf(url: string): Target & { readonly user: string; readonly database: string } {
  const { username, hostname, port, pathname } = new URL(url);
  return {
    user: username,
    host: decodeURIComponent(hostname),
    port: Number(port || 5432),
    database: pathname.slice(1),
  };
}
