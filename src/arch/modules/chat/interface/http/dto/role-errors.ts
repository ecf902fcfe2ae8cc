import { ROLE_RULES, type RoleAction } from '../../../domain/models/role-rules.model.js';

/**
 * The codes of an action on groups: the refusal of its rule, that of direct conversations, which have no roles, and that of
 * threads, which have those of their parents.
 */
export function roleErrors(action: RoleAction): readonly string[] {
  return [refusalOf(action), 'DIRECT_CONVERSATION', 'THREAD_NOT_ALLOWED'];
}

/** The code of an action that direct conversations have, too. */
export function refusalOf(action: RoleAction): string {
  const { refusal: Refusal } = ROLE_RULES[action];
  return new Refusal().code;
}
