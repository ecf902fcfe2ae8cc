import {
  type CauserieClient,
  type ClientOptions,
  type Conversation,
  createClient,
  type KeyValueStorage,
  type TimelineItem,
} from '@causerie/client';
import type { FaultProxy } from '../../support/fault-proxy.js';
import { untilSnapshot } from './until-snapshot.js';
import { UnreliableTransport } from './unreliable-transport.js';

interface Account {
  readonly email: string;
  readonly password: string;
}

/** Somebody with a client and a connection of its own. */
export class Person {
  readonly transport = new UnreliableTransport();
  readonly client: CauserieClient;
  private readonly opened = new Set<string>();

  constructor(
    readonly name: string,
    readonly account: Account,
    readonly proxy: FaultProxy,
    readonly storage: KeyValueStorage,
    options: ClientOptions = {},
  ) {
    this.client = createClient({ url: proxy.url, storage, transport: this.transport, ...options });
  }

  get id(): string {
    const { user } = this.client.session.state.getSnapshot();
    if (!user) throw new Error(`${this.name} is not signed in.`);
    return user.id;
  }

  async connect(): Promise<void> {
    this.client.connect();
    await this.untilStatus('online');
  }

  async untilStatus(status: string): Promise<void> {
    await untilSnapshot(
      `${this.name} is ${status}`,
      this.client.connection,
      (state) => state.status === status,
    );
  }

  /** A conversation that this person looks at. */
  async open(conversationId: string): Promise<Conversation> {
    const conversation = this.client.conversation(conversationId);
    this.opened.add(conversationId);
    conversation.timeline.subscribe(() => undefined);
    await Promise.all([conversation.timeline.open('latest'), this.client.conversations.load()]);
    return conversation;
  }

  async createConversation(...others: readonly Person[]): Promise<string> {
    const { id } = await this.client.conversations.create({ memberIds: others.map((other) => other.id) });
    return id;
  }

  /** Sends each of the texts, and waits for none. */
  say(conversationId: string, texts: readonly string[]): void {
    for (const text of texts) this.client.conversation(conversationId).send(text);
  }

  itemsOf(conversationId: string): readonly TimelineItem[] {
    return this.client.conversation(conversationId).timeline.getSnapshot().items;
  }

  async leave(): Promise<void> {
    await this.client.close();
    await this.proxy.close();
  }
}
