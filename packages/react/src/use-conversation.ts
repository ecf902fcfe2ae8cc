import type { Conversation, ConversationSummary, ReadState, TypingUser } from '@causerie/client';
import { useClient } from './client-context.ts';
import { NONE, READ } from './initial-states.ts';
import { useObservable } from './use-observable.ts';

/** A conversation: always the same object for an id, so this renders nothing again. */
export const useConversation = (id: string): Conversation => useClient().conversation(id);

/** The row of a conversation; null while it is not known. */
export const useSummary = (id: string): ConversationSummary | null =>
  useObservable(useConversation(id).summary, null);

/** How far the members have read. */
export const useRead = (id: string): ReadState => useObservable(useConversation(id).read, READ);

/** Who is writing now. */
export const useTyping = (id: string): readonly TypingUser[] =>
  useObservable(useConversation(id).typing, NONE);

/** The text that is being written, for all tabs, and how to change it. */
export function useDraft(id: string): readonly [text: string, setText: (text: string) => void] {
  const { draft, setDraft } = useConversation(id);
  return [useObservable(draft, ''), setDraft];
}
