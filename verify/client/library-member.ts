import type { CauserieClient, ClientChanges, Conversation as Handle, Message } from '@causerie/client';
import type { Account } from '../account.ts';
import type { Conversation, MessageList } from '../history.ts';
import { Overview } from '../overview.ts';
import type { Person } from '../person.ts';
import type { Random } from '../random.ts';
import type { OpenStream, Recorder } from '../recorder.ts';
import { openStream } from '../stream.ts';
import { compareConversation, compareList } from './compare.ts';
import { KeptClient } from './kept-client.ts';
import { LibrarySender } from './library-sender.ts';
import { walkTimeline, watchTimeline } from './shown.ts';
import { untilSame } from './until.ts';

/** Maximum messages that are sent at once without waiting for their answers. */
const MAX_BURST = 20;

/** A person that does everything with the client library, and records what the library tells and shows. */
export class LibraryMember implements Person {
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly overview: Overview;
  private readonly conversations: readonly Conversation[];
  private readonly random: Random;
  private readonly patience: number;
  private readonly kept: KeptClient;
  private readonly sender: LibrarySender;
  /** What `on` has told of each conversation, as if it had come on one connection. */
  private readonly streams = new Map<number, OpenStream>();
  /** Own messages that `on` has told, by their ids in the outbox. */
  private readonly own = new Map<string, Message>();
  /** The highest positions that the present client was to mark as read. */
  private readonly marked = new Map<number, number>();
  private readonly walked: MessageList[] = [];

  constructor(
    client: number,
    account: Account,
    conversations: readonly Conversation[],
    recorder: Recorder,
    random: Random,
    patience: number,
  ) {
    this.client = client;
    this.account = account;
    this.conversations = conversations;
    this.recorder = recorder;
    this.random = random;
    this.patience = patience;
    this.overview = new Overview(client, account, recorder, random.fork());
    this.kept = new KeptClient(account, this);
    this.sender = new LibrarySender(client, account, this.kept, conversations, recorder, random.fork());
  }

  open(): Promise<void> {
    return this.kept.open();
  }

  addConversation(conversation: number): void {
    this.streamOf(conversation);
    this.watch(this.kept.current, conversation);
  }

  async run(enough: () => boolean): Promise<void> {
    while (!enough()) await this.act(this.random.pick([...this.streams.keys()]));
  }

  async settle(): Promise<void> {
    const { kept, patience } = this;
    await kept.untilOnline();
    const ends = [...this.streams.keys()].map(async (conversation) => {
      const handle = this.handleOf(conversation);
      await handle.timeline.jumpTo('latest');
      const marked = this.marked.get(conversation) ?? 0;
      this.differ(...(await untilSame(() => compareConversation(this, handle, marked), patience)));
      await this.walk(conversation, handle);
    });
    await Promise.all(ends);
    this.differ(...(await untilSame(() => compareList(this.overview, kept.current), patience)));
    this.differ(...(await untilSame(async () => this.sender.settle(this.own), patience)));
    for (const stream of this.streams.values()) stream.untilEnd = true;
  }

  lists(): readonly MessageList[] {
    return this.walked;
  }

  end(): void {
    void this.kept.close();
  }

  onClient(client: CauserieClient): void {
    // A position that has not reached the server is not kept.
    this.marked.clear();
    for (const conversation of this.streams.keys()) this.watch(client, conversation);
    void client.conversations.load();
  }

  onMessage({ conversationId, message, isNew }: ClientChanges['message']): void {
    const conversation = this.recorder.indexOfConversation(conversationId);
    if (conversation === undefined) return;
    this.recorder.eventCount += 1;
    this.account.api.counts.deliveries += 1;
    this.streamOf(conversation).messages.push(this.recorder.recordMessage(message));
    const { clientMessageId } = message;
    if (message.senderId === this.account.id && clientMessageId !== null)
      this.own.set(clientMessageId, message);
    if (!isNew) this.differ(`was told that seq ${message.seq} has changed`);
  }

  onChange({ conversationId, event }: ClientChanges['change']): void {
    const conversation = this.recorder.indexOfConversation(conversationId);
    if (conversation === undefined || event.kind !== 'member_added') return;
    this.recorder.eventCount += 1;
    const { additions, messages } = this.streamOf(conversation);
    const client = this.recorder.indexOfClient(event.subjectId ?? '');
    additions.push({ rev: event.rev, client, after: messages.length });
  }

  onRemoved({ conversationId, reason }: ClientChanges['removed']): void {
    this.differ(`was told that its membership in ${conversationId} has ended: ${reason}`);
  }

  private async act(conversation: number): Promise<void> {
    const { counts } = this.account.api;
    const dice = this.random.next();
    if (dice < 0.5) return this.sendBurst(conversation);
    if (dice < 0.7) return this.sender.send(conversation);
    if (dice < 0.8) return this.markRead(conversation);
    if (dice < 0.9) return this.readSummary(conversation);
    if (dice < 0.94) return this.scroll(conversation);
    if (dice < 0.98) {
      counts.drops += 1;
      return this.kept.drop();
    }
    return this.restart();
  }

  /** Sends several messages at once. Sometimes the connection, or the client, ends before they are acknowledged. */
  private async sendBurst(conversation: number): Promise<void> {
    const other = this.random.pick([...this.streams.keys()]);
    const sends = Array.from({ length: this.random.integer(2, MAX_BURST) }, () =>
      this.sender.send(this.random.chance(0.8) ? conversation : other),
    );
    if (this.random.chance(0.1)) this.kept.drop();
    else if (this.random.chance(0.05)) await this.restart();
    await Promise.all(sends);
  }

  private async restart(): Promise<void> {
    this.account.api.counts.restarts += 1;
    await this.kept.restart();
  }

  /** Marks messages as read, mostly all that are known. */
  private markRead(conversation: number): void {
    const { client, recorder } = this;
    const handle = this.handleOf(conversation);
    const { lastSeq = 0 } = handle.summary.getSnapshot() ?? {};
    if (lastSeq === 0) return;
    const seq = this.random.chance(0.7) ? lastSeq : this.random.integer(1, lastSeq);
    // When the server has processed it, the library does not tell.
    const begun = recorder.tick();
    recorder.marks.push({ client, conversation, seq, begun, ended: Infinity, lastReadSeq: -1 });
    this.marked.set(conversation, Math.max(seq, this.marked.get(conversation) ?? 0));
    handle.markRead(seq);
  }

  /** Records what the list shows of a conversation now. */
  private readSummary(conversation: number): void {
    const shown = this.handleOf(conversation).summary.getSnapshot();
    if (!shown) return;
    const { lastSeq, lastReadSeq, unreadCount } = shown;
    const head = { conversationId: shown.id, lastSeq, rev: -1, lastReadSeq, unreadCount };
    this.overview.recordHead('the list of its client', head, 0);
  }

  /** Looks at earlier messages, and comes back. */
  private async scroll(conversation: number): Promise<void> {
    const { timeline } = this.handleOf(conversation);
    const { lastSeq } = timeline.getSnapshot();
    try {
      if (lastSeq > 0) await timeline.jumpTo(this.random.integer(1, lastSeq));
      await timeline.loadOlder();
      await timeline.jumpTo('latest');
    } catch {
      // Without a connection the old place stays; the next visit tries again.
    }
  }

  private watch(client: CauserieClient, conversation: number): void {
    const handle = client.conversation(this.conversations[conversation]?.id ?? '');
    const name = `in the timeline of conversation ${conversation}`;
    watchTimeline(
      handle.timeline,
      ({ message }) => this.recorder.recordMessage(message),
      (problem) => this.differ(`${name} ${problem}`),
    );
    handle.read.subscribe(() => undefined);
    // A failure is repeated by the library.
    handle.timeline.open().catch(() => undefined);
  }

  private async walk(conversation: number, { timeline }: Handle): Promise<void> {
    const messages: number[] = [];
    await walkTimeline(timeline, ({ message }) => messages.push(this.recorder.recordMessage(message)));
    this.walked.push({ client: this.client, conversation, how: 'scrolled through its timeline', messages });
  }

  private streamOf(conversation: number): OpenStream {
    const known = this.streams.get(conversation);
    if (known) return known;
    const stream = openStream(this.client, conversation, -1 - this.client);
    this.streams.set(conversation, stream);
    this.recorder.streams.push(stream);
    return stream;
  }

  private handleOf(conversation: number): Handle {
    return this.kept.current.conversation(this.conversations[conversation]?.id ?? '');
  }

  private differ(...texts: readonly string[]): void {
    for (const text of texts) this.recorder.differences.push(`${this.account.name}: ${text}`);
  }
}
