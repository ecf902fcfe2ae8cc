import type { ConversationSummary } from '@causerie/client';
import type { Texts } from '../texts/en.ts';

/** What a conversation is called: its title, or the other one of a direct conversation. */
export const conversationName = ({ list }: Texts, { title, other }: ConversationSummary): string =>
  title ?? other?.displayName ?? list.untitled;
