import { looksLike, nameFaults } from './texts.js';

/** Code points of the name under which a user is shown. */
export const DISPLAY_NAME_MAX = 80;
/** How an account that is gone is shown. */
export const DELETED_DISPLAY_NAME = 'Deleted user';

/** What a display name must be and is not: a name, and none that passes for an account that is gone. */
export function displayNameFaults(name: string): string[] {
  const faults = nameFaults(name, DISPLAY_NAME_MAX);
  // What is refused already may be as long as a body, and folding it takes as long.
  if (faults.length > 0) return faults;
  return looksLike(name, DELETED_DISPLAY_NAME) ? ['must not be that of an account that is gone'] : faults;
}
