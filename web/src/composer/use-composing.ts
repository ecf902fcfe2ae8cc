import { createContext, useContext, useSyncExternalStore } from 'react';
import { type Composing, type ComposingStore, createComposingStore } from './composing.ts';

/** Of one user: another one who logs in here finds nothing in it. */
export const ComposingContext = createContext<ComposingStore>(createComposingStore());

/** Who only changes what a composer is used for is not rendered again by a change. */
export const useComposingStore = (): ComposingStore => useContext(ComposingContext);

/** What the composer of a conversation is used for; null when it is the next message. */
export function useComposing(id: string): Composing | null {
  const store = useComposingStore();
  return useSyncExternalStore(store.subscribe, () => store.get(id));
}
