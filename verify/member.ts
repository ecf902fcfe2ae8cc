import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import { Listener } from './listener.ts';
import { markRead } from './mark-read.ts';
import type { Random } from './random.ts';
import type { OpenSend, Recorder } from './recorder.ts';
import { Sender } from './sender.ts';

/** Most messages that are sent in one go without waiting. */
const BURST = 20;

/** A client that sends, listens, loses its connection, comes back and catches up. */
export class Member {
  readonly listener: Listener;
  private readonly account: Account;
  private readonly conversations: readonly Conversation[];
  private readonly random: Random;
  private readonly sender: Sender;

  constructor(
    client: number,
    account: Account,
    conversations: readonly Conversation[],
    recorder: Recorder,
    random: Random,
  ) {
    this.account = account;
    this.conversations = conversations;
    this.random = random;
    this.listener = new Listener(client, account, conversations, recorder, random.fork());
    this.sender = new Sender(client, account, this.listener.socket, conversations, recorder, random.fork());
  }

  get socket() {
    return this.listener.socket;
  }

  /** Acts until `enough()`; ends when every message is settled. */
  async run(enough: () => boolean): Promise<void> {
    while (!enough()) {
      this.listener.joins.throwFailure();
      await this.act(this.anyRoom());
    }
  }

  end(): void {
    this.listener.end();
  }

  private async act(conversation: number): Promise<void> {
    const dice = this.random.next();
    if (dice < 0.25) return this.sendBurst(conversation);
    if (dice < 0.45) return this.sendOne(conversation, (send) => this.sender.overSocket(send));
    if (dice < 0.62) return this.sendOne(conversation, (send) => this.sender.overHttp(send));
    if (dice < 0.72) return this.sendOne(conversation, (send) => this.sender.retry(send));
    if (dice < 0.82) return this.markRead(conversation);
    if (dice < 0.91) return this.look(conversation);
    if (dice < 0.96) return this.rejoin(conversation);
    return this.drop();
  }

  private async sendOne(conversation: number, attempt: (send: OpenSend) => Promise<number>): Promise<void> {
    const send = this.sender.draft(conversation);
    await attempt(send);
    await this.sender.settle(send);
    // A client that forgot that it was acknowledged.
    if (send.clientMessageId !== null && this.random.chance(0.1)) await this.sender.retry(send);
  }

  /** Many without waiting for an answer; now and then the connection is lost before the answers come. */
  private async sendBurst(conversation: number): Promise<void> {
    const other = this.anyRoom();
    const sends = Array.from({ length: this.random.integer(2, BURST) }, () =>
      this.sender.draft(this.random.chance(0.8) ? conversation : other),
    );
    const attempts = sends.map((send) => this.sender.overSocket(send));
    if (this.random.chance(0.1)) attempts.push(this.drop().then(() => 0));
    await Promise.all(attempts);
    await Promise.all(sends.map((send) => this.sender.settle(send)));
  }

  /** Says how far it has read: mostly to the end that it knows. */
  private async markRead(conversation: number): Promise<void> {
    const end = this.listener.mirrors.get(conversation)?.end ?? 0;
    const { id } = this.conversations[conversation] ?? {};
    if (end === 0 || id === undefined) return;
    const seq = this.random.chance(0.7) ? end : this.random.integer(1, end);
    await markRead(this.listener, conversation, id, seq);
  }

  /** Looks at its list, at one conversation, or at the ends of all. */
  private async look(conversation: number): Promise<void> {
    const { overview } = this.listener;
    const what = this.random.integer(0, 2);
    if (what === 0) await overview.list();
    else if (what === 1) await overview.detail(this.conversations[conversation]?.id ?? '');
    else await this.listener.joins.joinAllAtOnce();
  }

  private async drop(): Promise<void> {
    // At once, after the packets are out, or in the middle of the answers.
    await delay(this.random.pick([0, 0, 1, 3, 10]));
    if (this.socket.connection === 0) return;
    this.account.api.counts.drops += 1;
    this.socket.drop(this.random.pick(['tcp', 'tcp', 'engine', 'goodbye']));
  }

  /** Leaves a room, stays away for some messages, and joins it again. */
  private async rejoin(conversation: number): Promise<void> {
    if (!(await this.listener.joins.leave(conversation))) return;
    await this.sendOne(conversation, (send) => this.sender.overHttp(send));
    this.listener.joins.joinAll();
  }

  private anyRoom(): number {
    return this.random.pick([...this.listener.mirrors.keys()]);
  }
}
