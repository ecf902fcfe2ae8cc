import type { Conversation, ConversationSummary, ReadState, TypingUser } from '@causerie/client';
import { useCallback } from 'react';
import { useClient } from './client-context.ts';
import { NONE, READ } from './initial-states.ts';
import { useObservable } from './use-observable.ts';

/** A conversation or a thread: always the same object for an id, so that this hook renders nothing again. */
export const useConversation = (id: string): Conversation => useClient().conversation(id);

/** The row of a conversation; null while it is not known. */
export const useSummary = (id: string): ConversationSummary | null =>
  useObservable(useConversation(id).summary, null);

/** How far the members have read. */
export const useRead = (id: string): ReadState => useObservable(useConversation(id).read, READ);

/** Who is writing now, the user excepted. */
export const useTyping = (id: string): readonly TypingUser[] =>
  useObservable(useConversation(id).typing, NONE);

/** The text that the user has begun, in all tabs, and how to change it. */
export function useDraft(id: string): readonly [text: string, setText: (text: string) => void] {
  const conversation = useConversation(id);
  const setText = useCallback((text: string) => conversation.setDraft(text), [conversation]);
  return [useObservable(conversation.draft, ''), setText];
}
