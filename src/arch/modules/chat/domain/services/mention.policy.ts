import type { MemberRole } from '../models/conversation-member.model.js';
import type { Conversation } from '../models/conversation.model.js';
import { requireRight } from './role.policy.js';

/** Both members of a direct conversation may mention everybody; it has no roles. */
export function requireRightToMentionAll(role: MemberRole, { type }: Pick<Conversation, 'type'>): void {
  if (type === 'group') requireRight('mentionAll', role, 'conversation');
}
