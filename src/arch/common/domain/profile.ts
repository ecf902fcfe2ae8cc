import { looksLike, nameFaults } from './texts.js';

/** Maximum code points of a display name. */
export const DISPLAY_NAME_MAX = 80;
/** The display name of a deleted account. */
export const DELETED_DISPLAY_NAME = 'Deleted user';

/** The faults of a display name, which must be a valid name and must not resemble that of a deleted account. */
export function displayNameFaults(name: string): string[] {
  const faults = nameFaults(name, DISPLAY_NAME_MAX);
  // A text that is refused already may be as long as a body, and folding it would take as long.
  if (faults.length > 0) return faults;
  return looksLike(name, DELETED_DISPLAY_NAME) ? ['must not be that of an account that is gone'] : faults;
}
