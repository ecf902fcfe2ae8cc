import type { Message } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';
import type { Observable } from './observable.ts';
import type { Pending } from './pending.ts';

/** The messages of a conversation around one place, without a hole. */
export interface Timeline extends Observable<TimelineState> {
  /** Loads the messages around a place; without one it does nothing when there are some. */
  open(at?: 'latest' | 'unread' | number): Promise<void>;
  /** Loads the page before the first message that is held. */
  loadOlder(): Promise<void>;
  /** Loads the page behind the last message that is held. */
  loadNewer(): Promise<void>;
  /** Shows another place; when that fails, the old one stays. */
  jumpTo(place: number | 'latest'): Promise<void>;
  /** Drops what is far away from the view. */
  trim(keep: { readonly first: number; readonly last: number }): void;
}

/** What of a timeline is held. */
export interface TimelineState {
  /** Oldest first, `seq` without a hole; behind them, only when `atEnd`, what is not sent yet, in the order of sending. */
  readonly items: readonly TimelineItem[];
  /** `seq` of the first message that is held. */
  readonly first: number;
  /** `seq` of the last message that is held; lower than `first` when there is none. */
  readonly last: number;
  /** `seq` of the newest message known to exist. */
  readonly lastSeq: number;
  /** Whether the first message of all is held. */
  readonly atStart: boolean;
  /** Whether the newest message is held. */
  readonly atEnd: boolean;
  /** What is being loaded. */
  readonly busy: 'opening' | 'older' | 'newer' | 'jump' | null;
  /** Why loading has failed the last time. */
  readonly error: CauserieError | null;
  /** Changes are known to be missing, and on their way. */
  readonly stale: boolean;
}

/** One row. Its `key` is the same from the pending to the stored message. */
export type TimelineItem =
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** One's own reactions. */
      readonly own: readonly string[];
    }
  | { readonly kind: 'pending'; readonly key: string; readonly pending: Pending };
