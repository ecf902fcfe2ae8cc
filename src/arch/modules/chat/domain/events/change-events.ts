import type { ChangeKind, StoredChange } from '../models/conversation-change.model.js';
import type { ChatEvent } from './chat-event.js';

type Events = { readonly [Kind in ChangeKind]: (stored: StoredChange<Kind>) => readonly ChatEvent[] };

/** The events of each kind of change. */
const EVENTS: Events = {
  member_added: ({ conversationId, rev, result: { member, conversation } }) => [
    { kind: 'member_added', conversationId, rev, member },
    { kind: 'conversation_added', userId: member.userId, conversation },
  ],
  member_removed: () => [],
};

export function eventsOfChange<Kind extends ChangeKind>(stored: StoredChange<Kind>): readonly ChatEvent[] {
  const eventsOf: Events[Kind] = EVENTS[stored.kind];
  return eventsOf(stored);
}
