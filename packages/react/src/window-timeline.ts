/** A row of the window. */
export interface WindowItem {
  /** The same for the whole life of the row, also when a pending message becomes a stored one. */
  readonly key: string;
}

/** What the window shows: the part of a conversation that is loaded. */
export interface WindowState<Item extends WindowItem> {
  /** Oldest first, from `first` to `last` without a hole; behind them, when `atEnd`, messages that are not sent yet. */
  readonly items: readonly Item[];
  /** `seq` of the first message of the items. */
  readonly first: number;
  /** `seq` of their last message. */
  readonly last: number;
  /** `seq` of the newest message known to exist. */
  readonly lastSeq: number;
  /** Whether there is nothing older to load. */
  readonly atStart: boolean;
  /** Whether there is nothing newer to load. */
  readonly atEnd: boolean;
  /** What is being loaded; the window asks for nothing meanwhile. */
  readonly busy: 'opening' | 'older' | 'newer' | 'jump' | null;
  /** Why loading has failed; the window does not look at it. */
  readonly error: unknown;
}

/** The part of a `Timeline` of `@causerie/client` that the window uses. */
export interface WindowTimeline<Item extends WindowItem> {
  /** The same object until something changes. */
  getSnapshot(): WindowState<Item>;
  /** Calls the function after each change; returns the function that ends this. */
  subscribe(onChange: () => void): () => void;
  /** Adds the page before `first`. */
  loadOlder(): Promise<void>;
  /** Adds the page behind `last`. */
  loadNewer(): Promise<void>;
  /** Replaces the items by those around a message, or by the newest; when that fails, the old ones stay. */
  jumpTo(place: number | 'latest'): Promise<void>;
  /** Drops all messages but those from `first` to `last`. */
  trim(keep: { readonly first: number; readonly last: number }): void;
}
