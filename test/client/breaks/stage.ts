import { randomUUID } from 'node:crypto';
import { memoryStorage } from '@causerie/client';
import { type RunningServer, ServerProcess, type Variables } from '../../faults/server-process.js';
import { urlOf } from '../../faults/test-postgres.js';
import { FaultProxy } from '../../support/fault-proxy.js';
import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { TestDatabase } from '../../support/test-database.js';
import { Person } from './person.js';

/** Tokens end soon, so that they are renewed in the midst of everything. */
const SETTINGS = {
  JWT_ACCESS_EXPIRATION: '30s',
  JWT_ACCESS_SECRET: 'a secret that all nodes of a stage share',
};

/** Nodes on one database, and people whose connections can be broken one by one. */
export class Stage {
  private readonly people: Person[] = [];
  private readonly own: RunningServer[] = [];

  private constructor(
    readonly database: TestDatabase,
    private readonly redis: RedisServer,
    readonly node: RunningServer,
  ) {}

  static async open(): Promise<Stage> {
    const [database, redis] = await Promise.all([TestDatabase.create(), startRedis()]);
    return new Stage(database, redis, await startNode(database, redis));
  }

  /** A further node, for a scenario that breaks it. */
  async startNode(variables: Variables = {}): Promise<RunningServer> {
    const node = await startNode(this.database, this.redis, variables);
    this.own.push(node);
    return node;
  }

  /** Somebody with an account, online. */
  async enter(name: string, node: RunningServer = this.node): Promise<Person> {
    const proxy = await FaultProxy.open(node.url);
    const account = { email: `${randomUUID()}@test.example`, password: 'correct horse battery' };
    const person = new Person(name, account, proxy, memoryStorage());
    this.people.push(person);
    await person.client.session.signup({ ...account, displayName: name });
    await person.connect();
    return person;
  }

  /** Another tab, or the same one after a reload. */
  async enterAgain({ name, account, proxy, storage }: Person, own = storage): Promise<Person> {
    const person = new Person(name, account, proxy, own);
    this.people.push(person);
    await person.client.session.restore();
    return person;
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map((person) => person.leave()));
    await Promise.all([this.node, ...this.own].map((node) => node.stop('SIGKILL')));
    await Promise.all([this.database.drop(), this.redis.stop()]);
  }
}

function startNode(
  database: TestDatabase,
  redis: RedisServer,
  variables: Variables = {},
): Promise<RunningServer> {
  const { url: REDIS_URL } = redis;
  return ServerProcess.start({
    DATABASE_URL: urlOf(database.connection),
    REDIS_URL,
    ...SETTINGS,
    ...variables,
  });
}
