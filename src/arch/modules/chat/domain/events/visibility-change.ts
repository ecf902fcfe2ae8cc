import type { ChatEvent } from './chat-event.js';

/** The events after which a user shares conversations with other people, or has blocked other ones. */
const CHANGING_KINDS: ReadonlySet<string> = new Set([
  'conversation_added',
  'conversation_removed',
  'member_removed',
  'user_blocked',
]);

/** The user who may be seen by other people since the event; null when it changes nothing of that kind. */
export function userOfVisibilityChange(event: ChatEvent): string | null {
  return CHANGING_KINDS.has(event.kind) && 'userId' in event ? event.userId : null;
}
