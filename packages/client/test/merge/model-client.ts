import type { Place } from '../../src/merge/merge-input.ts';
import { faultOf } from './invariants.ts';
import type { Input, Merging, State } from './merging.ts';
import type { ModelServer } from './model-server.ts';

const PAGE = 3;
const CHANGES = 2;

/** A question to the server, which reads the answer at some time; the client receives it at another. */
export interface Request {
  readonly name: Place | 'changes' | 'join' | 'write';
  /** The answer, as of when it is called first. */
  readonly read: () => Input;
  /** What the client does when there is no answer. */
  readonly failure?: Input;
}

const once = (read: () => Input): (() => Input) => {
  let answer: Input | undefined;
  return () => (answer ??= read());
};

/** What a driver of the reducer does, one step at a time, over a network that others control. */
export class ModelClient {
  state: State;
  requests: Request[] = [];
  /** How many pages and changes it has asked for. */
  asked = 0;
  /** The highest `rev` in which each message was shown. */
  private readonly shown = new Map<number, number>();
  /** The server sends to it every change after this one; null while it has not joined. */
  emitted: number | null = null;

  constructor(
    private readonly merging: Merging,
    private readonly server: ModelServer,
    /** Whether the server says to which `rev` a page belongs. */
    private readonly hasPageRev: boolean,
  ) {
    this.state = merging.emptyState('me');
  }

  get isEmpty(): boolean {
    return this.state.rows.length === 0 && !this.state.follows;
  }

  dispatch(input: Input): void {
    const { merging, server, shown } = this;
    this.state = merging.merge(this.state, input);
    const fault = faultOf(this.state, server, shown);
    if (fault) throw new Error(`${fault}, after ${JSON.stringify(input)}: ${describe(this.state)}`);
    // A repeat changes nothing.
    const isOnce = /^(event|answer|heard|visible-from)$/.test(input.kind);
    const again = isOnce ? merging.merge(this.state, input) : this.state;
    if (again !== this.state)
      throw new Error(`${JSON.stringify(input)} twice: ${describe(this.state)} became ${describe(again)}`);
  }

  join(): void {
    if (this.isAsked('join')) return;
    this.requests.push({
      name: 'join',
      read: once(() => {
        const { rev, lastSeq } = this.server;
        this.emitted ??= rev;
        return { kind: 'joined', rev, lastSeq };
      }),
    });
  }

  /** Everything in memory goes. */
  restart(): void {
    this.shown.clear();
    this.state = this.merging.emptyState('me', this.state.load + 1);
  }

  askPage(place: Place, seq = 0): void {
    const isNew = place === 'latest' || place === 'around';
    if (!isNew && (this.isEmpty || this.isAsked(place))) return;
    const { first, rows } = this.state;
    const last = first + rows.length - 1;
    this.dispatch({ kind: 'asked', place });
    const { load } = this.state;
    this.asked += 1;
    const read = once(() => {
      const { lastSeq, visibleFromSeq } = this.server;
      const from = {
        before: first - PAGE,
        after: Math.max(last + 1, visibleFromSeq),
        latest: lastSeq - PAGE + 1,
        around: Math.max(visibleFromSeq, seq - 1),
      }[place];
      const { rev, ...page } = this.server.page(from, from + PAGE - 1);
      return { kind: 'page', place, load, ...page, ...(this.hasPageRev && { rev }) };
    });
    this.requests.push({ name: place, read, failure: { kind: 'failed', load } });
  }

  askChanges(): void {
    if (this.isAsked('changes')) return;
    const { cursor: since } = this.state;
    this.asked += 1;
    const read = once(() => ({ kind: 'changes', since, ...this.server.changes(since, CHANGES) }));
    this.requests.push({ name: 'changes', read });
  }

  catchUp(): void {
    const way = this.merging.catchUp(this.state);
    if (way === 'changes') this.askChanges();
    if (way === 'page') this.askPage('latest');
  }

  write(change: () => Input): void {
    this.requests.push({ name: 'write', read: once(change) });
  }

  /** Receives the answer of one request, or loses it. */
  finish(request: Request, isLost = false): void {
    const input = isLost ? request.failure : request.read();
    this.requests = this.requests.filter((one) => one !== request);
    if (input) this.dispatch(input);
  }

  private isAsked(name: Request['name']): boolean {
    return this.requests.some((request) => request.name === name);
  }
}

const placesOf = (rows: Iterable<State['rows'][number]>): string =>
  [...rows].map(({ message }) => `${message.seq}@${message.rev}`).join(' ');

export function describe({ rows, kept, seen, early, ...state }: State): string {
  return JSON.stringify({
    ...state,
    rows: placesOf(rows),
    kept: placesOf(kept.values()),
    seen: [...seen],
    early: [...early],
  });
}
