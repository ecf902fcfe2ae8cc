import type { ConversationSummary } from '@causerie/client';
import { useConversation, useObservable } from '@causerie/react';
import { useEffect, useRef } from 'react';
import type { Pages } from '../ui/use-pages.ts';

/** Higher after each change that is no new message: one that is pinned, edited or deleted, for instance. */
const otherChanges = (summary: ConversationSummary | null): number =>
  summary ? summary.details.rev - summary.details.lastSeq : 0;

/** Reads a list again when something else than a new message has happened in a conversation; one time after another. */
export function useOtherChanges(
  id: string,
  { isBusy, reload }: Pick<Pages<never>, 'isBusy' | 'reload'>,
): void {
  const changes = useObservable(useConversation(id).summary, null, otherChanges);
  const seen = useRef(changes);
  useEffect(() => {
    if (isBusy || seen.current === changes) return;
    seen.current = changes;
    reload();
  }, [changes, isBusy, reload]);
}
