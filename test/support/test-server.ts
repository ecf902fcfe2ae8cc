import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { inject } from 'vitest';
import type { AppConfig } from '../../src/arch/common/infrastructure/config/app-config.js';
import { createPino } from '../../src/arch/common/infrastructure/logger/pino-logger.js';
import {
  type ConnectionLimits,
  limitsFor,
} from '../../src/arch/common/interface/http/security/connection-limits.js';
import { listen } from '../../src/arch/common/interface/http/server/listen.js';
import { createApp } from '../../src/arch/create-app.js';
import { type ApiAnswer, callApi, type CallOptions } from './api.js';
import { checkEmissions } from './check-emissions.js';
import { testConfig } from './test-config.js';
import { TestDatabase } from './test-database.js';
import { WatchedLog } from './watched-log.js';

export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

/** The real application on a free port, with a database of its own; clients use it over HTTP and Socket.IO. */
export class TestServer {
  private users = 0;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly config: AppConfig,
    readonly database: TestDatabase,
    readonly url: string,
    private readonly log: WatchedLog,
  ) {}

  /**
   * @param way the relay through which the server reaches its database, if not directly
   * @param settings values that cannot be set by variables, such as tokens that expire after seconds
   */
  static async start(
    variables: Record<string, string> = {},
    way = async ({ connection }: TestDatabase) => connection,
    limits: Partial<ConnectionLimits> = {},
    settings: Partial<AppConfig['env']> = {},
  ): Promise<TestServer> {
    const database = await TestDatabase.create();
    const config = testConfig(variables, settings);
    const log = new WatchedLog();
    const app = await createApp(
      config,
      await way(database),
      createPino('trace', false, log),
      { ...limitsFor(config.env.THROTTLE_GLOBAL_LIMIT), ...limits },
      inject('webFolder'),
    );
    try {
      const url = `http://127.0.0.1:${await listen(app, 0)}`;
      checkEmissions(app);
      WatchedLog.ofServer.set(url, log);
      return new TestServer(app, config, database, url, log);
    } catch (error) {
      await app.close();
      await database.drop();
      throw error;
    }
  }

  /** `call('POST', '/auth/login', { body })` */
  async call(method: string, path: string, options: CallOptions = {}): Promise<ApiAnswer> {
    this.log.watch(options.token, options.body);
    const answer = await callApi(this.url, method, path, options);
    // The token of a new invite.
    this.log.watch(answer.body?.token, undefined);
    return answer;
  }

  /** Creates an account, which is logged in. */
  async signUp(displayName = 'Somebody'): Promise<TestUser> {
    this.users += 1;
    const email = `user-${this.users}@test.example`;
    const { body } = await this.call('POST', '/auth/signup', {
      body: { email, password: 'correct horse battery', displayName },
    });
    return { id: body.user.id, email, token: body.accessToken };
  }

  /** Creates a conversation of `owner` with the others; returns its id. */
  async createConversation(owner: TestUser, others: readonly TestUser[] = []): Promise<string> {
    const { body } = await this.call('POST', '/chat/conversations', {
      token: owner.token,
      body: { memberIds: others.map(({ id }) => id) },
    });
    return body.id;
  }

  /** Creates `count` accounts as members of a conversation of `owner`: one user may have 20 sockets only. */
  async signUpMembers(owner: TestUser, conversationId: string, count: number): Promise<TestUser[]> {
    const users = await Promise.all(Array.from({ length: count }, () => this.signUp()));
    for (const { id } of users) {
      await this.call('POST', `/chat/conversations/${conversationId}/members`, {
        token: owner.token,
        body: { userId: id },
      });
    }
    return users;
  }

  /** The lines of the security log so far. */
  get securityLog(): Record<string, unknown>[] {
    return this.log.linesOf('Security');
  }

  /** The log so far. */
  get logText(): string {
    return this.log.toString();
  }

  async stop(): Promise<void> {
    await this.app.close();
    WatchedLog.ofServer.delete(this.url);
    this.log.refuseLeaks();
    await this.database.drop();
  }
}
