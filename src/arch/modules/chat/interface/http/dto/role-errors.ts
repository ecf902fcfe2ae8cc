import { ROLE_RULES, type RoleAction } from '../../../domain/models/role-rules.model.js';

/** The codes of an action on groups: the refusal of its rule, and that of direct conversations, which have no roles. */
export function roleErrors(action: RoleAction): readonly string[] {
  const { refusal: Refusal } = ROLE_RULES[action];
  return [new Refusal().code, 'DIRECT_CONVERSATION'];
}
