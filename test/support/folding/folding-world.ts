import { Database } from '../../../src/arch/common/infrastructure/database/database.js';
import { Random } from '../../../verify/random.js';
import type { TestServer, TestUser } from '../test-server.js';
import { compareFolds, type Comparison } from './compare-folds.js';
import { ConversationFold } from './conversation-fold.js';
import { FoldingClient, type Way } from './folding-client.js';
import { RandomChanges } from './random-changes.js';

const LOSABLE = /^(?:new_message|message_|member_|conversation_updated|me_updated)/;

/** Loses a part of the events, repeats a part, and delays a part until after the next one. */
function faultyWay(source: { readonly random: Random }): Way {
  let held: Parameters<Way>[0] | undefined;
  return (event) => {
    const { random } = source;
    if (!LOSABLE.test(event.name)) return [event];
    const before = held;
    held = undefined;
    if (random.chance(0.15)) return before ? [before] : [];
    if (random.chance(0.1) && !before) {
      held = event;
      return [];
    }
    return [event, ...(random.chance(0.1) ? [event] : []), ...(before ? [before] : [])];
  };
}

interface WorldOptions {
  readonly urls?: readonly string[];
  readonly accounts?: number;
  /** Of the accounts only this one has a client, by its place; otherwise all have one. */
  readonly watcher?: number;
  /** Whether accounts also send each other messages directly. */
  readonly talks?: boolean;
  readonly seed: number;
  readonly isFaulty: boolean;
  readonly Fold?: typeof ConversationFold;
}

async function signUpSome(server: TestServer, count: number): Promise<TestUser[]> {
  const users: TestUser[] = [];
  for (const number of Array.from({ length: count }).keys())
    users.push(await server.signUp(`Somebody ${number}`));
  return users;
}

/** Clients that fold what random changes emit, and compare it with what a fresh reader is answered. */
export class FoldingWorld {
  private constructor(
    public changes: RandomChanges,
    public clients: readonly FoldingClient[],
    private readonly source: { random: Random },
    private readonly isFaulty: boolean,
    private readonly makeChanges: (random: Random) => RandomChanges,
  ) {}

  /** Begins another conversation, with other random numbers. */
  begin(seed: number): void {
    this.source.random = new Random(seed);
    this.changes = this.makeChanges(this.source.random);
  }

  /**
   * @param urls the nodes, to which the clients connect in turn
   * @param isFaulty whether events are lost, repeated and swapped, and changes made without one
   */
  static async create(
    server: TestServer,
    {
      urls = [server.url],
      accounts = 5,
      watcher,
      talks = true,
      seed,
      isFaulty,
      Fold = ConversationFold,
    }: WorldOptions,
  ): Promise<FoldingWorld> {
    const source = { random: new Random(seed) };
    const people = await signUpSome(server, accounts);
    const watching = people.filter((_, place) => watcher === undefined || place === watcher);
    const clients = watching.map((user, index) => {
      const way = isFaulty ? faultyWay(source) : undefined;
      return new FoldingClient(
        urls[index % urls.length] ?? '',
        user,
        way,
        () => source.random.integer(1, 40),
        Fold,
      );
    });
    const makeChanges = (random: Random) =>
      new RandomChanges(server.app.get(Database), urls, people, random, isFaulty, talks);
    for (const client of clients) await client.connect();
    return new FoldingWorld(makeChanges(source.random), clients, source, isFaulty, makeChanges);
  }

  /** An account is deleted: its client ends with it. */
  async deleteAccount(): Promise<void> {
    const id = await this.changes.deleteAccount();
    for (const client of this.clients) if (client.user.id === id) client.close();
    this.clients = this.clients.filter(({ user }) => user.id !== id);
  }

  /** Some clients lose their connections in between. */
  async reconnectSome(): Promise<void> {
    for (const client of this.clients) if (this.source.random.chance(0.3)) await client.connect();
  }

  /** What was lost at the end shows no gap: a client finds it when it connects again. */
  async reconnectAll(): Promise<void> {
    for (const client of this.clients) await client.connect();
  }

  /** Of each client. */
  async compare(): Promise<Comparison[]> {
    const comparisons: Comparison[] = [];
    for (const client of this.clients) comparisons.push(await compareFolds(client, !this.isFaulty));
    return comparisons;
  }

  async close(): Promise<void> {
    for (const client of this.clients) {
      await client.settle();
      client.close();
    }
  }
}
