import type { MemberRole } from '../models/conversation-member.model.js';
import { ROLE_RULES, type RoleAction, type RoleRule, type RoleTarget } from '../models/role-rules.model.js';

/** @throws the refusal of the action */
export function requireRight(action: RoleAction, role: MemberRole, target: RoleTarget): void {
  const { targets, refusal: Refusal }: RoleRule = ROLE_RULES[action];
  if (!targets[role].includes(target)) throw new Refusal();
}

/**
 * Requires that the role may do this to somebody else at all: whoever may not is refused before the other one is looked
 * for.
 * @throws the refusal of the action
 */
export function requireRightOverOthers(action: RoleAction, role: MemberRole): void {
  const { targets, refusal: Refusal }: RoleRule = ROLE_RULES[action];
  if (targets[role].every((target) => target === 'self')) throw new Refusal();
}
