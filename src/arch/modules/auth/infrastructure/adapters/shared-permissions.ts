import type { Permission } from '../../../../common/domain/principal.js';

/** Maximum lists in memory; there is about one for each role. */
const MOST = 256;

const lists = new Map<string, readonly Permission[]>();

/**
 * Shares one list among all principals with the same permissions: thousands of sockets keep theirs for their whole
 * life.
 */
export function sharedPermissions(permissions: readonly Permission[]): readonly Permission[] {
  const key = JSON.stringify(permissions);
  const known = lists.get(key);
  if (known) return known;
  if (lists.size < MOST) lists.set(key, permissions);
  return permissions;
}
