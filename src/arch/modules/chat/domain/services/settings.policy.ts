import type { MemberRole } from '../models/conversation-member.model.js';
import type { LockedConversation } from '../models/conversation-change.model.js';
import type { SettingsDraft } from '../models/settings-draft.model.js';
import { requireGroup, requireNoBlock } from './membership.policy.js';
import { requireRight } from './role.policy.js';

/**
 * A direct conversation has metadata only, which both members may change unless one has blocked the other; it has no
 * roles.
 */
export function requireRightToChangeSettings(
  role: MemberRole,
  found: Pick<LockedConversation, 'conversation' | 'isBlocked'>,
  draft: SettingsDraft,
): void {
  const { conversation } = found;
  const isOfGroup = Object.entries(draft).some(([name, value]) => name !== 'metadata' && value !== undefined);
  if (isOfGroup) requireGroup(conversation);
  requireNoBlock(found);
  if (conversation.type === 'group') requireRight('changeConversation', role, 'conversation');
}
