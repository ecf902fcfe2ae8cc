import type { Account } from './account.ts';
import type { Overview } from './overview.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { WireChanges, WireMessage, WireWindow } from './wire.ts';

/** The two ways to ask for what is missing. */
const WAYS = ['changes', 'after'] as const;
/** Catching up again for what comes behind a gap; a message that is not stored is behind one for ever. */
const TRIES = 5;
type Way = (typeof WAYS)[number];

/** Whose list it is. */
export interface Reader {
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly overview: Overview;
}

/** A client's own list of one conversation, as an application would keep it: from live deliveries and catching up. */
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
  /** While away, or catching up: what is heard live waits. */
  private live = false;
  private held: WireMessage[] = [];
  /** Counts the joins: only the catching up after the latest one makes the list live. */
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

  /** Nothing is heard any more, or it may be incomplete: the next catching up fills it. */
  away(): void {
    this.join += 1;
    this.live = false;
    this.held = [];
  }

  deliver(message: WireMessage): void {
    if (!this.live) this.held.push(message);
    else if (message.seq > this.lastSeq + 1) {
      this.account.api.counts.gaps += 1;
      this.live = false;
      this.held.push(message);
      // A failure is not lost: whoever catches up next fails too.
      this.catchUp().catch(() => undefined);
    } else this.take(message, 'deliveredTwice');
  }

  /** Asks for what is missing; what is heard meanwhile comes behind it. */
  async catchUp(): Promise<void> {
    this.catchingUp = this.fill(this.join, this.catchingUp);
    await this.catchingUp;
  }

  private async fill(join: number, before: Promise<void>): Promise<void> {
    await before;
    for (let tries = 1; tries <= TRIES; tries += 1) {
      await this.fetch(this.random.pick(WAYS));
      if (join !== this.join) return;
      if (this.takeHeld(tries === TRIES)) break;
    }
    this.live = true;
  }

  /**
   * What was heard meanwhile, in its order: between nodes it may come in another.
   * @param all also what comes behind a gap
   * @returns whether there is no gap before any of it
   */
  private takeHeld(all: boolean): boolean {
    const held = this.held.toSorted((one, other) => one.seq - other.seq);
    for (const [place, message] of held.entries()) {
      if (message.seq > this.lastSeq + 1 && !all) {
        this.held = held.slice(place);
        return false;
      }
      this.take(message, 'deliveredTwice');
    }
    this.held = [];
    return true;
  }

  /** Now and then from further back than needed, as a client does that did not save its last steps. */
  private async fetch(way: Way): Promise<void> {
    const back = this.random.chance(0.3) ? this.random.integer(1, 50) : 0;
    let place: number | undefined = Math.max(0, (way === 'changes' ? this.rev : this.lastSeq) - back);
    while (place !== undefined) {
      place = way === 'changes' ? await this.fetchChanges(place) : await this.fetchAfter(place);
    }
  }

  /** Answers with the next `since`, if there is more. */
  private async fetchChanges(since: number): Promise<number | undefined> {
    const limit = this.random.pick([5, 20, 100, 500]);
    const begun = this.recorder.tick();
    const epoch = this.recorder.epoch === undefined ? '' : `&epoch=${this.recorder.epoch}`;
    const page = await this.page<WireChanges>(`changes?since=${since}&limit=${limit}${epoch}`);
    if (!page) return undefined;
    const { data, rev, hasMore, conversation, members } = page;
    this.recorder.noteEpoch(page.epoch);
    this.overview.note('changes', conversation, begun);
    const named = members?.map(({ userId }) => this.recorder.client(userId)) ?? null;
    const whose = { client: this.client, conversation: this.conversation };
    this.recorder.changes.push({ ...whose, since, rev: conversation.rev, members: named });
    const inOrder = data.every((message, place) => message.rev > (data[place - 1]?.rev ?? since));
    if (
      !inOrder ||
      data.length > limit ||
      rev < (data.at(-1)?.rev ?? since) ||
      (hasMore ? rev <= since : rev !== conversation.rev)
    ) {
      this.odd(`changes since ${since}: rev ${rev}, data ${data.map((message) => message.rev).join(' ')}`);
      return undefined;
    }
    for (const message of data) this.takeMissing(message);
    this.rev = Math.max(this.rev, rev);
    return hasMore ? rev : undefined;
  }

  /** Answers with the next `after`, if there is more. */
  private async fetchAfter(after: number): Promise<number | undefined> {
    const limit = this.random.pick([5, 20, 100]);
    const window = await this.page<WireWindow>(`messages?after=${after}&limit=${limit}`);
    if (!window) return undefined;
    const data = window.data.toReversed();
    const last = data.at(-1)?.seq ?? after;
    const inOrder = data.every((message, place) => message.seq > (data[place - 1]?.seq ?? after));
    if (!inOrder || data.length > limit || (window.hasMoreAfter && last <= after)) {
      this.odd(`messages after ${after}: seq ${data.map((message) => message.seq).join(' ')}`);
      return undefined;
    }
    for (const message of data) this.takeMissing(message);
    return window.hasMoreAfter ? last : undefined;
  }

  private takeMissing(message: WireMessage): void {
    this.account.api.counts.caughtUp += 1;
    this.take(message, 'caughtUpTwice');
  }

  /** Appends what is new; what the list has is dropped, as what is seen twice must be. */
  private take(message: WireMessage, repeat: 'deliveredTwice' | 'caughtUpTwice'): void {
    const index = this.recorder.see(message);
    if (message.seq <= this.lastSeq) {
      this.account.api.counts[repeat] += 1;
      return;
    }
    this.messages.push(index);
    this.lastSeq = message.seq;
    this.rev = Math.max(this.rev, message.rev);
  }

  private async page<T>(query: string): Promise<T | undefined> {
    const path = `/chat/conversations/${this.id}/${query}`;
    const { status, body } = await this.account.settle('GET', path);
    if (status === 200) return body as T;
    this.odd(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return undefined;
  }

  private odd(text: string): void {
    this.recorder.oddities.push(`${this.account.name}: ${text}`);
  }
}
