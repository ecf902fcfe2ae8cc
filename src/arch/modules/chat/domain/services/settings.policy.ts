import type { MemberRole } from '../models/conversation-member.model.js';
import type { Conversation } from '../models/conversation.model.js';
import type { SettingsDraft } from '../models/settings-draft.model.js';
import { requireGroup } from './membership.policy.js';
import { requireRight } from './role.policy.js';

/** A direct conversation has metadata only, which both members may change; it has no roles. */
export function requireRightToChangeSettings(
  role: MemberRole,
  conversation: Conversation,
  draft: SettingsDraft,
): void {
  const isOfGroup = Object.entries(draft).some(([name, value]) => name !== 'metadata' && value !== undefined);
  if (isOfGroup) requireGroup(conversation);
  if (conversation.type === 'group') requireRight('changeConversation', role, 'conversation');
}
