import { useEffect, useState } from 'react';
import { useConversation } from './use-conversation.ts';
import { useObservable } from './use-observable.ts';

/**
 * The visit of a conversation as long as the component is mounted. `dividerSeq` is the last message that was read when the visit
 * began, and stays where it is; null when there was nothing to read.
 */
export function useVisit(id: string): { readonly dividerSeq: number | null } {
  const conversation = useConversation(id);
  const isKnown = useObservable(conversation.summary, null, (summary) => summary !== null);
  const [dividerSeq, setDividerSeq] = useState<number | null>(null);
  useEffect(() => {
    if (!isKnown) return;
    const visit = conversation.visit();
    setDividerSeq(visit.dividerSeq);
    return visit.end;
  }, [conversation, isKnown]);
  return { dividerSeq };
}
