import { isCauserieError } from '@causerie/client';
import { useConversation, useObservable, useSummary } from '@causerie/react';
import { useState } from 'react';

/** Whether one is no member of a conversation any more, or never was, or it has been deleted. */
export function useIsGone(id: string): boolean {
  const { timeline } = useConversation(id);
  const isKnown = useSummary(id) !== null;
  const [wasKnown, setWasKnown] = useState(isKnown);
  if (isKnown && !wasKnown) setWasKnown(true);
  const { error } = useObservable(timeline, timeline.getSnapshot());
  return (
    !isKnown && (wasKnown || isCauserieError(error, 'NOT_CONVERSATION_MEMBER', 'CONVERSATION_NOT_FOUND'))
  );
}
