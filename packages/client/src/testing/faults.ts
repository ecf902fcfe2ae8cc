import type { ErrorCode } from '../contract.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import type { Clock } from '../ports.ts';
import { refusal } from './refusal.ts';

/** What can go wrong between the clients and the server. Each holds for all clients, from now on. */
export interface Faults {
  /** The next acknowledgements are lost, although the events take effect. */
  loseAck(count?: number): void;
  /** The next answers to requests are lost, although the requests take effect. */
  loseAnswer(count?: number): void;
  /** The next answers to refreshes are lost. */
  loseRefreshAnswer(count?: number): void;
  /** The next events with a `rev` are lost, counted at each socket that would receive them. */
  loseEvents(count?: number): void;
  /** The next events with a `rev` of a socket arrive in the opposite order. */
  reorder(count?: number): void;
  /** All connections break. */
  cut(): void;
  /** There is no network, until `goOnline`. */
  goOffline(): void;
  /** There is a network again: clients connect when they next try. */
  goOnline(): void;
  /** Nothing gets through and nothing breaks, until `thaw`: then everything arrives. */
  freeze(): void;
  /** What was held back gets through, in its order. */
  thaw(): void;
  /** The next requests or events are refused. */
  refuse(code: ErrorCode, retryAfterMs?: number, count?: number): void;
  /** All access tokens expire now. */
  expireToken(): void;
  /** Every request, event and answer takes that long. */
  slow(ms: number): void;
}

/** The faults, as the network asks for them. */
export interface Network {
  /** Those that need no connections. */
  readonly faults: Omit<Faults, 'cut' | 'expireToken'>;
  isOffline(): boolean;
  /** Resolves when something gets through. */
  pass(): Promise<void>;
  /** Takes one of those that were ordered. */
  take(kind: 'ack' | 'answer' | 'refresh' | 'event'): boolean;
  takeRefusal(): CauserieError | null;
  /** How many events are to be put into the opposite order. */
  takeReorder(): number;
}

export function createNetwork(clock: Clock): Network {
  const left = { ack: 0, answer: 0, refresh: 0, event: 0 };
  const refusals: CauserieError[] = [];
  let reordered = 0;
  let isOffline = false;
  let latency = 0;
  let frozen: Promise<void> | null = null;
  let melt: (() => void) | null = null;

  const faults: Network['faults'] = {
    loseAck: (count = 1) => void (left.ack += count),
    loseAnswer: (count = 1) => void (left.answer += count),
    loseRefreshAnswer: (count = 1) => void (left.refresh += count),
    loseEvents: (count = 1) => void (left.event += count),
    reorder: (count = 2) => void (reordered = count),
    goOffline: () => void (isOffline = true),
    goOnline: () => void (isOffline = false),
    freeze() {
      frozen ??= new Promise((resolve) => (melt = resolve));
    },
    thaw() {
      frozen = null;
      melt?.();
    },
    refuse(code, retryAfterMs, count = 1) {
      const error = refusal(code, retryAfterMs === undefined ? {} : { retryAfterMs });
      for (let index = 0; index < count; index += 1) refusals.push(error);
    },
    slow: (ms) => void (latency = ms),
  };

  return {
    faults,
    isOffline: () => isOffline,
    async pass() {
      if (latency > 0) await new Promise<void>((resolve) => clock.setTimer(latency, resolve));
      // A thaw may be followed by another frost at once.
      for (let ice = frozen; ice; ice = frozen) await ice;
    },
    take(kind) {
      if (left[kind] === 0) return false;
      left[kind] -= 1;
      return true;
    },
    takeRefusal: () => refusals.shift() ?? null,
    takeReorder() {
      const count = reordered;
      reordered = 0;
      return count;
    },
  };
}
