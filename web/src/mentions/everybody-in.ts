import type { ConversationSummary } from '@causerie/client';
import { EVERYBODY, WORDS_FOR_EVERYBODY } from './find-mentions.ts';
import type { Mentionable } from './mentionable.ts';

/** The ways to mention all members of a conversation at once, for those who may. */
export const everybodyIn = (summary: ConversationSummary | null): readonly Mentionable[] =>
  summary?.type === 'group' && summary.role !== 'member'
    ? WORDS_FOR_EVERYBODY.map((name) => ({ id: EVERYBODY, name, avatarUrl: null }))
    : [];
