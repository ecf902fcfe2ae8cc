import type { Message } from '@causerie/client';
import { useConversation } from '@causerie/react';
import { useCallback } from 'react';
import { type Loaded, useLoaded } from '../ui/use-loaded.ts';

/** The thread of a message, which begins when it is opened for the first time. */
export function useThreadId({ id, conversationId, thread }: Message): Loaded<string> {
  const conversation = useConversation(conversationId);
  const known = thread?.id;
  const load = useCallback(
    async () => known ?? (await conversation.openThread(id)).id,
    [conversation, id, known],
  );
  return useLoaded(load);
}
