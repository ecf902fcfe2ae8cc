import type { TimelineItem } from '@causerie/client';
import type { Composing } from './composing.ts';

/** What ArrowUp brings into an empty composer: a message that could not be sent, or else the last one of one's own. */
export function recallable(items: readonly TimelineItem[], ownId: string): Composing | null {
  const failed = items.findLast((item) => item.kind === 'pending' && item.pending.status === 'failed');
  if (failed?.kind === 'pending') {
    const { pending } = failed;
    return { kind: 'recall', pending, text: pending.content };
  }
  const own = items.findLast(
    (item) => item.kind === 'message' && item.message.senderId === ownId && item.message.deletedAt === null,
  );
  if (own?.kind !== 'message') return null;
  return { kind: 'edit', message: own.message, text: own.message.content };
}
