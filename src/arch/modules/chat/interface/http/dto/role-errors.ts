import { ROLE_RULES, type RoleAction } from '../../../domain/models/role-rules.model.js';

/** The codes of an action on groups: the refusal of its rule, and that of direct conversations, which have no roles. */
export function roleErrors(action: RoleAction): readonly string[] {
  return [refusalOf(action), 'DIRECT_CONVERSATION'];
}

/** The code of an action that direct conversations have, too. */
export function refusalOf(action: RoleAction): string {
  const { refusal: Refusal } = ROLE_RULES[action];
  return new Refusal().code;
}
