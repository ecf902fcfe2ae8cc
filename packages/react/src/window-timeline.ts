/** A row of the window. */
export interface WindowItem {
  /** The same for the whole life of the row, also when a pending message becomes a stored one. */
  readonly key: string;
}

/** What the window shows: the part of a conversation that is loaded. */
export interface WindowState<Item extends WindowItem> {
  /** Oldest first, from `first` to `last` without a hole; behind them, when `atEnd`, messages that are not sent yet. */
  readonly items: readonly Item[];
  readonly first: number;
  readonly last: number;
  readonly lastSeq: number;
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly busy: 'opening' | 'older' | 'newer' | 'jump' | null;
  readonly error: unknown;
}

/** The part of a `Timeline` of `@causerie/client` that the window uses. */
export interface WindowTimeline<Item extends WindowItem> {
  getSnapshot(): WindowState<Item>;
  subscribe(onChange: () => void): () => void;
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  jumpTo(place: number | 'latest'): Promise<void>;
  trim(keep: { first: number; last: number }): void;
}
