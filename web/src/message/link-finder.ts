import { useSyncExternalStore } from 'react';
import type { FindLinks } from './parse-text.ts';

/** Occurs in every text with a link. */
const OF_LINKS = /\S[.:]\S/;

let found: FindLinks | undefined;
let isLoading = false;
const observers = new Set<() => void>();

/** What finds links is loaded with the first text that may have one. Until then, and without a connection, it is shown as text. */
async function loadLinkFinder(): Promise<void> {
  if (found || isLoading) return;
  isLoading = true;
  try {
    found = (await import('./find-links.ts')).findLinks;
    for (const observer of observers) observer();
  } catch {
    // The next text that is shown tries again.
  } finally {
    isLoading = false;
  }
}

function observe(observer: () => void): () => void {
  observers.add(observer);
  void loadLinkFinder();
  return () => observers.delete(observer);
}
const observeNothing = () => () => undefined;

/** What finds links, as far as it is loaded. */
export const currentLinkFinder = (): FindLinks | undefined => found;

/** What finds the links of a text; undefined while it has not been loaded, and for a text without any. */
export function useLinkFinder(text: string): FindLinks | undefined {
  return useSyncExternalStore(OF_LINKS.test(text) ? observe : observeNothing, currentLinkFinder);
}
