import { describe, expect, it } from 'vitest';
import type { MemberRole } from '../models/conversation-member.model.js';
import { ROLE_RULES, type RoleAction, type RoleRule } from '../models/role-rules.model.js';
import { requireRight, requireRightOverOthers } from './role.policy.js';

const ROLES: readonly MemberRole[] = ['owner', 'admin', 'member'];
const TARGETS = ['self', ...ROLES, 'outsider', 'conversation'] as const;
const RULES = Object.entries(ROLE_RULES) as [RoleAction, RoleRule][];
/** Actions on what somebody has said: nobody is above another there. */
const OF_MESSAGES: ReadonlySet<RoleAction> = new Set([
  'editMessage',
  'seeVersions',
  'deleteMessage',
  'removeReaction',
]);
const OF_PEOPLE = RULES.filter(([action]) => !OF_MESSAGES.has(action));

const isAllowed = (check: () => void) => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

describe.each(RULES)('%s', (action, { targets, refusal }) => {
  it.each(ROLES)('of the %s has the targets of the table, and no other', (role) => {
    const allowed = TARGETS.filter((target) => isAllowed(() => requireRight(action, role, target)));
    expect(allowed.toSorted()).toEqual(targets[role].toSorted());
  });

  it('is refused with its own error', () => {
    expect(() => requireRight(action, 'member', 'owner')).toThrow(refusal);
  });
});

it.each(RULES)(
  '%s is allowed to a member for nothing but itself, whatever the table says',
  (_, { targets }) => {
    expect(['', 'self']).toContain(targets.member.join());
  },
);

describe.each(OF_PEOPLE)('%s, whatever the table says,', (_, { targets }) => {
  it('concerns no owner: nobody is above', () => {
    for (const role of ROLES) expect(targets[role]).not.toContain('owner');
  });

  it('allows an admin nothing over other admins, and no more than the owner', () => {
    expect(targets.admin).not.toContain('admin');
    for (const target of targets.admin) expect(targets.owner).toContain(target);
  });
});

it.each([
  ['removeMember', 'owner', true],
  ['removeMember', 'admin', true],
  ['removeMember', 'member', false],
  ['changeRole', 'owner', true],
  ['changeRole', 'admin', false],
  ['changeRole', 'member', false],
] as const)('%s: a right of the %s over others: %s', (action, role, expected) => {
  expect(isAllowed(() => requireRightOverOthers(action, role))).toBe(expected);
});

it('whoever may remove oneself alone is refused with the error of removing', () => {
  expect(() => requireRightOverOthers('removeMember', 'member')).toThrow(ROLE_RULES.removeMember.refusal);
});
