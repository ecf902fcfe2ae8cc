import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation, MessageList } from './history.ts';
import { Listener } from './listener.ts';
import { markRead } from './mark-read.ts';
import type { Overview } from './overview.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import type { OpenSend, Recorder } from './recorder.ts';
import { Sender } from './sender.ts';

/** Maximum messages that are sent at once without waiting for their answers. */
const MAX_BURST = 20;

/** A client that sends and receives messages, loses its connection, reconnects and catches up. */
export class Member implements Person {
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly overview: Overview;
  private readonly listener: Listener;
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
    this.client = client;
    this.account = account;
    this.recorder = recorder;
    this.conversations = conversations;
    this.random = random;
    this.listener = new Listener(client, account, conversations, recorder, random.fork());
    this.overview = this.listener.overview;
    this.sender = new Sender(client, account, this.listener.socket, conversations, recorder, random.fork());
  }

  open(): Promise<void> {
    return this.listener.socket.open();
  }

  addConversation(conversation: number): void {
    this.listener.addConversation(conversation);
  }

  async run(enough: () => boolean): Promise<void> {
    while (!enough()) {
      this.listener.joins.throwFailure();
      await this.act(this.anyRoom());
    }
  }

  async settle(): Promise<void> {
    await this.listener.joins.whenAllJoined();
    this.listener.markEnd();
    await Promise.all([...this.listener.mirrors.values()].map((mirror) => mirror.catchUp()));
  }

  lists(): readonly MessageList[] {
    const { client } = this;
    const how = 'kept during the round';
    const mirrors = [...this.listener.mirrors.values()];
    return mirrors.map(({ conversation, messages }) => ({ client, conversation, how, messages }));
  }

  end(): void {
    this.listener.end();
  }

  private async act(conversation: number): Promise<void> {
    const dice = this.random.next();
    if (dice < 0.25) return this.sendBurst(conversation);
    if (dice < 0.45) return this.sendOne(conversation, (send) => this.sender.sendOverSocket(send));
    if (dice < 0.62) return this.sendOne(conversation, (send) => this.sender.sendOverHttp(send));
    if (dice < 0.72) return this.sendOne(conversation, (send) => this.sender.retry(send));
    if (dice < 0.82) return this.markRead(conversation);
    if (dice < 0.91) return this.readOverview(conversation);
    if (dice < 0.96) return this.rejoin(conversation);
    return this.drop();
  }

  private async sendOne(conversation: number, attempt: (send: OpenSend) => Promise<number>): Promise<void> {
    const send = this.sender.createSend(conversation);
    await attempt(send);
    await this.sender.retryUntilSettled(send);
    // As a client does that did not save the acknowledgement.
    if (send.clientMessageId !== null && this.random.chance(0.1)) await this.sender.retry(send);
  }

  /** Sends several messages without waiting for answers. Sometimes the connection ends before the answers. */
  private async sendBurst(conversation: number): Promise<void> {
    const other = this.anyRoom();
    const sends = Array.from({ length: this.random.integer(2, MAX_BURST) }, () =>
      this.sender.createSend(this.random.chance(0.8) ? conversation : other),
    );
    const attempts = sends.map((send) => this.sender.sendOverSocket(send));
    if (this.random.chance(0.1)) attempts.push(this.drop().then(() => 0));
    await Promise.all(attempts);
    await Promise.all(sends.map((send) => this.sender.retryUntilSettled(send)));
  }

  /** Marks messages as read, mostly up to the last one that it knows. */
  private async markRead(conversation: number): Promise<void> {
    const end = this.listener.mirrors.get(conversation)?.end ?? 0;
    const { id } = this.conversations[conversation] ?? {};
    if (end === 0 || id === undefined) return;
    const seq = this.random.chance(0.7) ? end : this.random.integer(1, end);
    await markRead(this.listener, conversation, id, seq);
  }

  /** Reads the list of conversations, one conversation, or the heads of all with `join_all`. */
  private async readOverview(conversation: number): Promise<void> {
    const { overview } = this;
    const what = this.random.integer(0, 2);
    if (what === 0) await overview.readList();
    else if (what === 1) await overview.readConversation(this.conversations[conversation]?.id ?? '');
    else await this.listener.joins.joinAll();
  }

  private async drop(): Promise<void> {
    // Without delay, after the packets are sent, or while answers arrive.
    await delay(this.random.pick([0, 0, 1, 3, 10]));
    const { socket } = this.listener;
    if (socket.connection === 0) return;
    this.account.api.counts.drops += 1;
    socket.drop(this.random.pick(['tcp', 'tcp', 'engine', 'goodbye']));
  }

  /** Leaves a room, sends a message meanwhile, and joins the room again. */
  private async rejoin(conversation: number): Promise<void> {
    if (!(await this.listener.joins.leaveRoom(conversation))) return;
    await this.sendOne(conversation, (send) => this.sender.sendOverHttp(send));
    this.listener.joins.startMissingJoins();
  }

  private anyRoom(): number {
    return this.random.pick([...this.listener.mirrors.keys()]);
  }
}
