import type { ConversationSummary } from '@causerie/client';
import { useEffect, useMemo } from 'react';
import { useConversation } from './use-conversation.ts';
import { useObservable } from './use-observable.ts';

const isThere = (summary: ConversationSummary | null): boolean => summary !== null;

/**
 * The visit of a conversation as long as the component is mounted. `dividerSeq` is the last message that was read when the visit
 * began, and stays where it is; null when everything was read, and while the conversation is not known.
 */
export function useVisit(id: string): { readonly dividerSeq: number | null } {
  const conversation = useConversation(id);
  const isKnown = useObservable(conversation.summary, null, isThere);
  const visit = useMemo(() => {
    if (!isKnown) return { dividerSeq: null };
    // Looked at before anything that is rendered here marks it as read; the visit itself begins with the effect.
    const glance = conversation.visit();
    glance.end();
    return { dividerSeq: glance.dividerSeq };
  }, [conversation, isKnown]);
  useEffect(() => {
    if (!isKnown) return undefined;
    const begun = conversation.visit();
    return () => begun.end();
  }, [conversation, isKnown]);
  return visit;
}
