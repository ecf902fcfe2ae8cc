import { type CauserieClient, type ClientChanges, createClient, memoryStorage } from '@causerie/client';
import type { Account } from '../account.ts';
import { BreakingTransport } from './breaking-transport.ts';
import { until } from './until.ts';

/** Few rows, so that timelines read pages and drop rows all the time. */
const LIMITS = { windowRows: 100, pageSize: 50, timelines: 100 };

/** What somebody does with a client that has just been made. */
export interface ClientUser {
  onClient(client: CauserieClient): void;
  onMessage(change: ClientChanges['message']): void;
  onChange(change: ClientChanges['change']): void;
  onRemoved(change: ClientChanges['removed']): void;
}

/** A client of the library that is closed and made anew, as a page is reloaded, with the same storage. */
export class KeptClient {
  current: CauserieClient;
  private readonly account: Account;
  private readonly user: ClientUser;
  private readonly storage = memoryStorage();
  private transport: BreakingTransport;
  private closed = Promise.withResolvers<void>();

  constructor(account: Account, user: ClientUser) {
    this.account = account;
    this.user = user;
    this.transport = new BreakingTransport(account.api.socketUrl);
    this.current = this.make();
  }

  /** Resolves when the present client is closed. */
  get whenClosed(): Promise<void> {
    return this.closed.promise;
  }

  /** Connects. Resolves when everything that was missed is there. */
  async open(): Promise<void> {
    const { current, user } = this;
    current.on('message', (change) => user.onMessage(change));
    current.on('change', (change) => user.onChange(change));
    current.on('removed', (change) => user.onRemoved(change));
    user.onClient(current);
    current.connect();
    await this.untilOnline();
  }

  /** Closes the client, and goes on with another one that has the same storage. */
  async restart(): Promise<void> {
    await this.close();
    this.transport = new BreakingTransport(this.account.api.socketUrl);
    this.closed = Promise.withResolvers();
    this.current = this.make();
    await this.open();
  }

  /** Ends the connection as a network does. */
  drop(): void {
    this.transport.drop();
  }

  untilOnline(): Promise<void> {
    return until(this.current.connection, ({ status }) => status === 'online');
  }

  async close(): Promise<void> {
    await this.current.close();
    this.closed.resolve();
  }

  private make(): CauserieClient {
    const { account, storage, transport } = this;
    const auth = { kind: 'token', getToken: () => account.token() } as const;
    return createClient({ url: account.api.url, auth, storage, transport, limits: LIMITS });
  }
}
