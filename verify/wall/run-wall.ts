import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import type { Random } from '../random.ts';
import type { WireConversation } from '../wire.ts';
import { readWall } from './read-wall.ts';
import { WallClient } from './wall-client.ts';
import { WallRecord } from './wall-record.ts';

/** Successful requests before a wall may end, and the milliseconds that it may go on for them: a short round has few. */
const LEAST = 120;
const MOST_MORE = 5_000;

/** A wall: one conversation of these accounts, whose messages all of them change. */
export class RunningWall {
  readonly record: WallRecord;
  private readonly clients: readonly WallClient[];
  private readonly accounts: readonly Account[];
  private readonly unexpected: string[];

  /** @param unexpected receives descriptions of answers that the contract does not allow */
  constructor(accounts: readonly Account[], random: Random, unexpected: string[]) {
    this.accounts = accounts;
    this.unexpected = unexpected;
    this.record = new WallRecord(accounts);
    this.clients = accounts.map(
      (_, person) => new WallClient(person, accounts, this.record, random.fork(), unexpected),
    );
  }

  async open(): Promise<void> {
    await Promise.all(this.clients.map(({ socket }) => socket.open()));
  }

  /** Creates the conversation with an owner and an admin, and lets everybody act until `enough()`. */
  async run(enough: () => boolean): Promise<void> {
    const [owner, admin, ...others] = this.accounts;
    if (!owner || !admin) throw new RangeError('a wall has too few people');
    const memberIds = [admin, ...others].map(({ id }) => id);
    const body = { title: 'wall', memberIds };
    const answer = await owner.requestUntilAnswered('POST', '/chat/conversations', body, randomUUID());
    if (answer.status !== 201) throw new Error(`no conversation: ${JSON.stringify(answer.body)}`);
    const { id } = answer.body as WireConversation;
    const path = `/chat/conversations/${id}/members/${admin.id}`;
    const { status } = await owner.requestUntilAnswered('PATCH', path, { role: 'admin' });
    if (status !== 200) throw new Error(`no admin: ${status}`);
    this.record.id = id;
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
  async readEnd(): Promise<void> {
    await Promise.all(this.clients.map(({ listener }) => listener.markEnd()));
    await readWall(this.accounts, this.record, this.unexpected);
  }

  end(): void {
    for (const { socket } of this.clients) socket.close();
  }
}
