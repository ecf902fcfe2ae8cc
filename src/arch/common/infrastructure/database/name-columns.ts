import { foldName, NAME_FOLDING } from '../../domain/search-name.js';

/** The columns of `users` that hold a name. */
export function nameColumns(displayName: string) {
  return { displayName, searchName: foldName(displayName), searchFolding: NAME_FOLDING };
}
