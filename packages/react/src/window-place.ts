/** Where a reader is in a conversation; kept in memory, so that a window that is mounted again shows the same. */
export interface WindowPlace {
  readonly id: number;
  /** Whether the window follows the end. A state, not a measurement: a message taller than the window does not end it. */
  pinned: boolean;
  /** The row that stays where it is, and the distance of its top from that of the window. */
  anchor?: { readonly key: string | undefined; readonly top: number };
  /** The newest message when the reader left the end. */
  seenSeq?: number;
}

const places = new WeakMap<object, WindowPlace>();
let count = 0;

export function placeIn(timeline: object): WindowPlace {
  let place = places.get(timeline);
  if (place === undefined) {
    place = { id: count++, pinned: true };
    places.set(timeline, place);
  }
  return place;
}
