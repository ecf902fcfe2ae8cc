import type { Account } from './account.ts';
import type { Overview } from './overview.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { WireChanges, WireMessage, WireWindow } from './wire.ts';

/** The two ways to catch up: `changes?since=` and `messages?after=`. */
const WAYS = ['changes', 'after'] as const;
/**
 * Times that a client catches up because of a gap. The limit is needed, because a delivered message that is not stored
 * leaves a gap that no catching up fills.
 */
const MAX_CATCH_UPS = 5;
type Way = (typeof WAYS)[number];

/** The client that a list belongs to. */
export interface Reader {
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly overview: Overview;
}

/** A client's list of the messages of one conversation, as an application keeps it: from live events and catching up. */
export class Mirror {
  readonly messages: number[] = [];
  readonly conversation: number;
  private readonly id: string;
  private readonly client: number;
  private readonly account: Account;
  private readonly recorder: Recorder;
  private readonly overview: Overview;
  private readonly random: Random;
  private lastSeq = 0;
  private rev = 0;
  /** Whether live messages are appended. They are held while the client is not in the room, and while it catches up. */
  private live = false;
  private held: WireMessage[] = [];
  /** Number of joins and leaves: only catching up after the latest one makes the list live. */
  private join = 0;
  private catchingUp: Promise<void> = Promise.resolve();

  constructor(conversation: number, id: string, reader: Reader, random: Random) {
    this.conversation = conversation;
    this.id = id;
    this.client = reader.client;
    this.account = reader.account;
    this.recorder = reader.recorder;
    this.overview = reader.overview;
    this.random = random;
  }

  get end(): number {
    return this.lastSeq;
  }

  /** To be called when the client is no longer in the room, or may have missed events. It has to catch up then. */
  onLeave(): void {
    this.join += 1;
    this.live = false;
    this.held = [];
  }

  onMessage(message: WireMessage): void {
    if (!this.live) this.held.push(message);
    else if (message.seq > this.lastSeq + 1) {
      this.account.api.counts.gaps += 1;
      this.live = false;
      this.held.push(message);
      // The error is not lost: the next call of `catchUp` throws it.
      this.catchUp().catch(() => undefined);
    } else this.append(message, 'deliveredTwice');
  }

  /** Fetches the missing messages, and then appends those that were received live meanwhile. */
  async catchUp(): Promise<void> {
    this.catchingUp = this.fill(this.join, this.catchingUp);
    await this.catchingUp;
  }

  private async fill(join: number, before: Promise<void>): Promise<void> {
    await before;
    for (let tries = 1; tries <= MAX_CATCH_UPS; tries += 1) {
      await this.fetchMissing(this.random.pick(WAYS));
      if (join !== this.join) return;
      if (this.appendHeld(tries === MAX_CATCH_UPS)) break;
    }
    this.live = true;
  }

  /**
   * Appends the held messages in the order of `seq`; with several nodes they may have been received in another.
   * @param all whether messages after a gap are appended, too
   * @returns false when messages are still held because of a gap
   */
  private appendHeld(all: boolean): boolean {
    const held = this.held.toSorted((one, other) => one.seq - other.seq);
    for (const [place, message] of held.entries()) {
      if (message.seq > this.lastSeq + 1 && !all) {
        this.held = held.slice(place);
        return false;
      }
      this.append(message, 'deliveredTwice');
    }
    this.held = [];
    return true;
  }

  /** Sometimes starts earlier than needed, as a client does that did not save its last position. */
  private async fetchMissing(way: Way): Promise<void> {
    const back = this.random.chance(0.3) ? this.random.integer(1, 50) : 0;
    let place: number | undefined = Math.max(0, (way === 'changes' ? this.rev : this.lastSeq) - back);
    while (place !== undefined) {
      place = way === 'changes' ? await this.fetchChanges(place) : await this.fetchAfter(place);
    }
  }

  /** @returns the next `since`; undefined after the last page */
  private async fetchChanges(since: number): Promise<number | undefined> {
    const limit = this.random.pick([5, 20, 100, 500]);
    const begun = this.recorder.tick();
    const epoch = this.recorder.epoch === undefined ? '' : `&epoch=${this.recorder.epoch}`;
    const page = await this.fetchPage<WireChanges>(`changes?since=${since}&limit=${limit}${epoch}`);
    if (!page) return undefined;
    const { data, rev, hasMore, conversation, members } = page;
    this.recorder.recordEpoch(page.epoch);
    this.overview.recordConversation('changes', conversation, begun);
    const named = members?.map(({ userId }) => this.recorder.indexOfClient(userId)) ?? null;
    const whose = { client: this.client, conversation: this.conversation };
    this.recorder.changes.push({ ...whose, since, rev: conversation.rev, members: named });
    const inOrder = data.every((message, place) => message.rev > (data[place - 1]?.rev ?? since));
    if (
      !inOrder ||
      data.length > limit ||
      rev < (data.at(-1)?.rev ?? since) ||
      (hasMore ? rev <= since : rev !== conversation.rev)
    ) {
      this.recordUnexpected(
        `changes since ${since}: rev ${rev}, data ${data.map((message) => message.rev).join(' ')}`,
      );
      return undefined;
    }
    for (const message of data) this.appendFetched(message);
    this.rev = Math.max(this.rev, rev);
    return hasMore ? rev : undefined;
  }

  /** @returns the next `after`; undefined after the last page */
  private async fetchAfter(after: number): Promise<number | undefined> {
    const limit = this.random.pick([5, 20, 100]);
    const window = await this.fetchPage<WireWindow>(`messages?after=${after}&limit=${limit}`);
    if (!window) return undefined;
    const data = window.data.toReversed();
    const last = data.at(-1)?.seq ?? after;
    const inOrder = data.every((message, place) => message.seq > (data[place - 1]?.seq ?? after));
    if (!inOrder || data.length > limit || (window.hasMoreAfter && last <= after)) {
      this.recordUnexpected(`messages after ${after}: seq ${data.map((message) => message.seq).join(' ')}`);
      return undefined;
    }
    for (const message of data) this.appendFetched(message);
    return window.hasMoreAfter ? last : undefined;
  }

  private appendFetched(message: WireMessage): void {
    this.account.api.counts.caughtUp += 1;
    this.append(message, 'caughtUpTwice');
  }

  /** Appends a message unless the list has it already: a client may receive a message several times. */
  private append(message: WireMessage, repeat: 'deliveredTwice' | 'caughtUpTwice'): void {
    const index = this.recorder.recordMessage(message);
    if (message.seq <= this.lastSeq) {
      this.account.api.counts[repeat] += 1;
      return;
    }
    this.messages.push(index);
    this.lastSeq = message.seq;
    this.rev = Math.max(this.rev, message.rev);
  }

  private async fetchPage<T>(query: string): Promise<T | undefined> {
    const path = `/chat/conversations/${this.id}/${query}`;
    const { status, body } = await this.account.requestUntilAnswered('GET', path);
    if (status === 200) return body as T;
    this.recordUnexpected(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return undefined;
  }

  private recordUnexpected(text: string): void {
    this.recorder.unexpectedAnswers.push(`${this.account.name}: ${text}`);
  }
}
