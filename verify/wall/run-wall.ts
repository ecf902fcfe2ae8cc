import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { Random } from '../random.ts';
import type { WireConversation } from '../wire.ts';
import { GuestAbsence } from './guest-absence.ts';
import { readWall } from './read-wall.ts';
import { WallClient } from './wall-client.ts';
import { WallRecord } from './wall-record.ts';

/** Successful requests before a wall may end, and the milliseconds that it may go on for them: a short round has few. */
const LEAST = 120;
const MOST_MORE = 5_000;
/** Milliseconds for which the guest is a member. */
const STAY = [100, 600] as const;
/** Milliseconds after which the guest comes back, though nobody has written in a thread. */
const ABSENCE_MAX = 600;
/** Milliseconds for what others have received to reach the guest, too. */
const ALSO = 20;

/** A wall: one conversation of these accounts, whose messages all of them change, and open threads at. */
export class RunningWall {
  readonly record: WallRecord;
  private readonly clients: readonly WallClient[];
  private readonly accounts: readonly Account[];
  private readonly records: WallRecord[];
  private readonly random: Random;
  private readonly unexpected: string[];
  private readonly absence: GuestAbsence;
  private readonly threads = new Map<string, WallRecord>();

  /**
   * @param records receives the record of the wall, and those of its threads
   * @param unexpected receives descriptions of answers that the contract does not allow
   */
  constructor(accounts: readonly Account[], random: Random, records: WallRecord[], unexpected: string[]) {
    this.accounts = accounts;
    this.records = records;
    this.random = random;
    this.unexpected = unexpected;
    this.absence = new GuestAbsence(accounts.length - 1);
    this.record = new WallRecord(accounts, this.absence, (id, message) => this.addThread(id, message));
    records.push(this.record);
    this.clients = accounts.map((_, person) => new WallClient(person, accounts, random.fork(), unexpected));
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
    await Promise.all(this.clients.map((client) => client.add(this.record)));
    let deadline = Infinity;
    const isOver = (): boolean => {
      if (!enough()) return false;
      deadline = Math.min(deadline, Date.now() + MOST_MORE);
      return this.countDone() >= LEAST || Date.now() > deadline;
    };
    await Promise.all([this.removeAndAdd(isOver), ...this.clients.map((client) => client.run(isOver))]);
  }

  /** Reads the final state. */
  async readEnd(): Promise<void> {
    await Promise.all(this.clients.map(({ listener }) => listener.markEnd()));
    await readWall(this.accounts, this.record, this.unexpected);
    for (const thread of this.threads.values()) await readWall(this.accounts, thread, this.unexpected);
  }

  end(): void {
    for (const { socket } of this.clients) socket.close();
  }

  /** Until one that was written since the removal is received. */
  private async waitForReply(): Promise<void> {
    const deadline = Date.now() + ABSENCE_MAX;
    while (!this.absence.isWitnessed && Date.now() < deadline) await delay(ALSO);
    await delay(ALSO);
  }

  private countDone(): number {
    return [this.record, ...this.threads.values()].reduce((sum, { done }) => sum + done, 0);
  }

  /** A thread that somebody has heard of: everybody joins it. */
  private addThread(id: string, message: string): void {
    if (this.threads.has(id)) return;
    const thread = new WallRecord(this.accounts, this.absence, undefined, { wall: this.record.id, message });
    thread.id = id;
    this.threads.set(id, thread);
    this.records.push(thread);
    for (const client of this.clients)
      client.add(thread).catch((error: unknown) => this.unexpected.push(`a thread: ${String(error)}`));
  }

  /** The guest is removed and added again, and is a member at the end. */
  private async removeAndAdd(isOver: () => boolean): Promise<void> {
    const [owner] = this.accounts;
    const guest = this.accounts.at(-1);
    if (!owner || !guest) throw new RangeError('a wall has too few people');
    const members = `/chat/conversations/${this.record.id}/members`;
    while (!isOver()) {
      await delay(this.random.integer(...STAY));
      const token = await owner.token();
      const removed = await owner.api.request('DELETE', `${members}/${guest.id}`, { token });
      // Without an answer it may not have reached all nodes yet.
      if (removed?.status === 204) this.absence.begin();
      await this.waitForReply();
      this.absence.end();
      const added = await owner.requestUntilAnswered('POST', members, { userId: guest.id });
      if (added.status >= 300 && added.status !== 409)
        this.unexpected.push(`the guest of a wall is not added: ${JSON.stringify(added.body)}`);
    }
  }
}
