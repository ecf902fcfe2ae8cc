import type { Timeline, TimelineItem } from '@causerie/client';

/** What a timeline shows is watched: it has no hole and nothing twice, and each message is told to `see` once. */
export function watchTimeline(
  timeline: Timeline,
  see: (item: TimelineItem & { readonly kind: 'message' }) => void,
  differ: (text: string) => void,
): void {
  const seen = new WeakSet<TimelineItem>();
  const end = timeline.subscribe(() => {
    const problem = look();
    if (problem === undefined) return;
    differ(problem);
    // What follows from the first problem says nothing new.
    end();
  });

  function look(): string | undefined {
    const { items, first } = timeline.getSnapshot();
    const keys = new Set(items.map(({ key }) => key));
    if (keys.size < items.length) return 'shows something twice';
    let next = first;
    for (const item of items) {
      if (item.kind === 'pending') continue;
      if (item.message.seq !== next) return `shows seq ${item.message.seq} where seq ${next} belongs`;
      next += 1;
      if (seen.has(item)) continue;
      seen.add(item);
      see(item);
    }
    return undefined;
  }
}

/** Reads all messages through a timeline, page by page, as somebody does who scrolls from the start to the end. */
export async function walkTimeline(
  timeline: Timeline,
  see: (item: TimelineItem & { readonly kind: 'message' }) => void,
): Promise<void> {
  await timeline.jumpTo(1);
  for (let seen = 0; ;) {
    const { items, last, atEnd } = timeline.getSnapshot();
    for (const item of items) if (item.kind === 'message' && item.message.seq > seen) see(item);
    if (atEnd || last <= seen) return;
    seen = last;
    await timeline.loadNewer();
  }
}
