import type { HTMLAttributes, ReactNode, Ref } from 'react';
import type { WindowItem, WindowTimeline } from './window-timeline.ts';

/** Whether the window follows the end, and how many messages have come since it does not. */
export interface WindowEnd {
  /** Whether the newest message is shown, and the next one will be. */
  readonly pinned: boolean;
  /** Messages that have come since the reader left the end. */
  readonly newCount: number;
}

/** A place in a conversation, as JSON can keep it. */
export interface ReadingPlace {
  /** A message that is visible. */
  readonly seq: number;
  /** The distance of its top from that of the window, in pixels. */
  readonly top: number;
}

/** What a program does with a window. */
export interface MessageWindowHandle {
  /** Shows the end and follows it. Call it when the person at this window sends a message. */
  scrollToEnd(): Promise<void>;
  /** Shows a message in the middle, focuses it, and highlights it. A jump that fails rejects and changes nothing. */
  scrollToSeq(seq: number): Promise<void>;
  /** The place that is shown now, for `scrollToPlace`; null while the window follows the end. */
  readPlace(): ReadingPlace | null;
  /** Shows a place as it was read: the way back from a jump. One that fails rejects and changes nothing. */
  scrollToPlace(place: ReadingPlace | null): Promise<void>;
}

/** What a window shows. All other attributes are those of the element that scrolls. */
export interface MessageWindowProps<Item extends WindowItem> extends Omit<
  HTMLAttributes<HTMLDivElement>,
  'children'
> {
  /** The conversation. Another one is another window, which opens where its reader has left it. */
  readonly timeline: WindowTimeline<Item>;
  /** The content of a row; `previous` is the row above it. Keep the function the same, and unchanged rows are not rendered again. */
  readonly renderItem: (item: Item, previous: Item | undefined) => ReactNode;
  /** Attributes of the element around a row; the same holds for this function. */
  readonly rowProps?: ((item: Item) => HTMLAttributes<HTMLDivElement>) | undefined;
  /** The last message that was read: a conversation that was not left elsewhere opens behind it. */
  readonly dividerSeq?: number | null | undefined;
  /** What stands above the first unread message. */
  readonly divider?: ReactNode;
  /** Called when the window opens, and after each change. */
  readonly onEndChange?: ((end: WindowEnd) => void) | undefined;
  /** Receives the functions that scroll. */
  readonly handle?: Ref<MessageWindowHandle> | undefined;
}
