import type { WindowState, WindowTimeline } from '../../src/public-api.ts';

/** A message of a made conversation. */
export interface SyntheticItem {
  readonly key: string;
  readonly seq: number;
  readonly height: number;
  /** Its height once an image has loaded, which has reserved no space. */
  readonly laterHeight: number;
}

const PAGE = 50;

/** The same numbers for the same message in each run, 0 to 1. */
function chance(seq: number, salt: number): number {
  let bits = Math.imul(seq + salt * 7_919, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  return ((bits ^ (bits >>> 13)) >>> 0) / 2 ** 32;
}

function itemOf(seq: number, hasImages: boolean): SyntheticItem {
  const isTall = chance(seq, 1) < 0.1;
  const height = Math.round(24 + chance(seq, 2) * (isTall ? 400 : 90));
  return { key: `m${seq}`, seq, height, laterHeight: height + (hasImages && chance(seq, 3) < 0.2 ? 180 : 0) };
}

/** A conversation of many messages, whose pages take 5 to 50 ms. */
export class SyntheticTimeline implements WindowTimeline<SyntheticItem> {
  failsNextJump = false;
  /** No page can be loaded. */
  isCut = false;
  pages = 0;
  /** What was asked for before a jump is not used after it. */
  #epoch = 0;
  #state: WindowState<SyntheticItem>;
  readonly #listeners = new Set<() => void>();
  readonly #hasImages: boolean;

  constructor(count: number, { hasImages = false, first = Math.max(1, count - PAGE + 1) } = {}) {
    this.#hasImages = hasImages;
    this.#state = this.#stateOf(first, count, count);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  getSnapshot(): WindowState<SyntheticItem> {
    return this.#state;
  }

  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  async loadOlder(): Promise<void> {
    const { first, atStart } = this.#state;
    if (atStart || this.#state.busy !== null) return;
    this.#set({ ...this.#state, busy: 'older' });
    const epoch = this.#epoch;
    await this.#request(first);
    if (epoch !== this.#epoch) return;
    if (this.isCut) this.#fail('The page could not be loaded.');
    this.#change(Math.max(1, first - PAGE), this.#state.last);
  }

  async loadNewer(): Promise<void> {
    const { last, atEnd } = this.#state;
    if (atEnd || this.#state.busy !== null) return;
    this.#set({ ...this.#state, busy: 'newer' });
    const epoch = this.#epoch;
    await this.#request(last);
    if (epoch !== this.#epoch) return;
    this.#change(this.#state.first, Math.min(this.#state.lastSeq, last + PAGE));
  }

  async jumpTo(place: number | 'latest'): Promise<void> {
    const { lastSeq } = this.#state;
    this.#epoch += 1;
    const epoch = this.#epoch;
    this.#set({ ...this.#state, busy: 'jump' });
    await this.#request(lastSeq);
    if (epoch !== this.#epoch) return;
    if (this.failsNextJump) {
      this.failsNextJump = false;
      this.#fail('The place could not be loaded.');
    }
    const seq = place === 'latest' ? this.#state.lastSeq : place;
    this.#change(Math.max(1, seq - PAGE), Math.min(this.#state.lastSeq, seq + PAGE));
  }

  trim(keep: { first: number; last: number }): void {
    this.#change(Math.max(this.#state.first, keep.first), Math.min(this.#state.last, keep.last));
  }

  /** Messages that somebody sends. */
  append(count: number): void {
    const { first, last, lastSeq, atEnd } = this.#state;
    this.#set(this.#stateOf(first, atEnd ? last + count : last, lastSeq + count));
  }

  /** Everything that is held gets another object: names have changed, for instance. */
  renew(): void {
    this.#set({ ...this.#state, items: this.#state.items.map((item) => ({ ...item })) });
  }

  #fail(reason: string): never {
    const error = new Error(reason);
    this.#set({ ...this.#state, busy: null, error });
    throw error;
  }

  #request(seq: number): Promise<void> {
    this.pages += 1;
    const delay = 5 + chance(seq + this.pages, 4) * 45;
    return new Promise((resolve) => setTimeout(resolve, delay));
  }

  #change(first: number, last: number): void {
    this.#set(this.#stateOf(first, last, this.#state.lastSeq));
  }

  #stateOf(first: number, last: number, lastSeq: number): WindowState<SyntheticItem> {
    const before: WindowState<SyntheticItem> | undefined = this.#state;
    const known = new Map(before?.items.map((item) => [item.seq, item]));
    const items = Array.from({ length: last - first + 1 }, (_, index) => {
      const seq = first + index;
      return known.get(seq) ?? itemOf(seq, this.#hasImages);
    });
    const ends = { atStart: first === 1, atEnd: last === lastSeq };
    return { items, first, last, lastSeq, ...ends, busy: null, error: null };
  }

  #set(state: WindowState<SyntheticItem>): void {
    this.#state = state;
    queueMicrotask(() => this.#listeners.forEach((listener) => listener()));
  }
}
