import type { ChangeKind, StoredChange } from '../models/conversation-change.model.js';
import type { ShownMember } from '../models/conversation-member.model.js';
import type { ChatEvent } from './chat-event.js';

type Events = { readonly [Kind in ChangeKind]: (stored: StoredChange<Kind>) => readonly ChatEvent[] };

/** The events of each kind of change. */
const EVENTS: Events = {
  member_added: ({ conversationId, rev, change: { data }, result }) => [
    {
      kind: 'member_added',
      conversationId,
      rev,
      ...shownMember(result),
      ...(data.via && { via: data.via }),
    },
    { kind: 'conversation_added', userId: result.member.userId, conversation: result.conversation },
  ],
  member_removed: ({ conversationId, rev, actorId, change: { subjectId, data } }) => [
    { kind: 'member_removed', conversationId, rev, userId: subjectId, actorId, ...data },
    ...(data.reason === 'account_deleted'
      ? []
      : [
          {
            kind: 'conversation_removed' as const,
            userId: subjectId,
            conversationId,
            reason: data.reason,
          },
        ]),
  ],
  member_updated: ({ conversationId, rev, actorId, result }) => [
    { kind: 'member_updated', conversationId, rev, actorId, ...shownMember(result) },
  ],
  conversation_updated: ({ conversationId, rev, actorId, change: { data }, result: { conversation } }) => [
    { kind: 'conversation_updated', conversationId, rev, actorId, changed: data, conversation },
  ],
  conversation_deleted: ({ conversationId, change: { memberIds } }) =>
    memberIds.map((userId) => ({ kind: 'conversation_removed', userId, conversationId, reason: 'deleted' })),
};

const shownMember = ({ member, hiddenReadSeq }: ShownMember): ShownMember =>
  hiddenReadSeq === undefined ? { member } : { member, hiddenReadSeq };

export function eventsOfChange<Kind extends ChangeKind>(stored: StoredChange<Kind>): readonly ChatEvent[] {
  const eventsOf: Events[Kind] = EVENTS[stored.kind];
  return eventsOf(stored);
}
