import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import type { Random } from '../random.ts';
import type { WireConversation } from '../wire.ts';
import { CircleClient } from './circle-client.ts';
import { CircleRecord } from './circle-record.ts';
import { readCircle } from './read-circle.ts';

/** Successful requests before a circle may end, and the milliseconds that it may go on for them: a short round has few. */
const LEAST = 120;
const MOST_MORE = 5_000;

/** A circle: one conversation of these accounts, which all of them change. */
export class RunningCircle {
  readonly record: CircleRecord;
  private readonly clients: readonly CircleClient[];
  private readonly accounts: readonly Account[];
  private readonly unexpected: string[];

  /** @param unexpected receives descriptions of answers that the contract does not allow */
  constructor(accounts: readonly Account[], random: Random, unexpected: string[]) {
    this.accounts = accounts;
    this.unexpected = unexpected;
    this.record = new CircleRecord(accounts);
    this.clients = accounts.map(
      (_, person) => new CircleClient(person, accounts, this.record, random.fork(), unexpected),
    );
  }

  async open(): Promise<void> {
    await Promise.all(this.clients.map(({ listener }) => listener.socket.open()));
  }

  /** Creates the conversation, and lets everybody act until `enough()`. */
  async run(enough: () => boolean): Promise<void> {
    const [owner, ...others] = this.accounts;
    if (!owner) throw new RangeError('a circle has no people');
    const body = { title: 'circle', memberIds: others.map(({ id }) => id) };
    const answer = await owner.requestUntilAnswered('POST', '/chat/conversations', body, randomUUID());
    if (answer.status !== 201) throw new Error(`no conversation: ${JSON.stringify(answer.body)}`);
    this.record.id = (answer.body as WireConversation).id;
    await Promise.all(this.clients.map(({ listener }) => listener.join()));
    let deadline = Infinity;
    const isOver = (): boolean => {
      if (!enough()) return false;
      deadline = Math.min(deadline, Date.now() + MOST_MORE);
      return this.record.done >= LEAST || Date.now() > deadline;
    };
    await Promise.all(this.clients.map((client) => client.run(isOver)));
  }

  /** Reads the final state. */
  async readEnd(leaks: string[]): Promise<void> {
    await Promise.all(this.clients.map(({ listener }) => listener.markEnd()));
    await readCircle(this.accounts, this.record, this.unexpected, leaks);
    await Promise.all(this.clients.map(({ directs }) => directs.endBlocks()));
  }

  end(): void {
    for (const { listener } of this.clients) listener.socket.close();
  }
}
