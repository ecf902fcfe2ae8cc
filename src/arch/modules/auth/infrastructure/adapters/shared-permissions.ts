import type { Permission } from '../../../../common/domain/principal.js';

/** Lists that are remembered; there is about one for each role. */
const MOST = 256;

const lists = new Map<string, readonly Permission[]>();

/** One list for all principals that may do the same: thousands of sockets keep theirs for as long as they live. */
export function sharedPermissions(permissions: readonly Permission[]): readonly Permission[] {
  const key = JSON.stringify(permissions);
  const known = lists.get(key);
  if (known) return known;
  if (lists.size < MOST) lists.set(key, permissions);
  return permissions;
}
