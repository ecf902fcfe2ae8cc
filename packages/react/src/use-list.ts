import type { Observable } from '@causerie/client';
import { useEffect, useMemo } from 'react';
import { useObservable } from './use-observable.ts';
import { useUserId } from './use-session.ts';

interface List<State> extends Observable<State> {
  load(): Promise<void>;
  loadMore(): Promise<void>;
}

/** A list of the server, whose first page is loaded once somebody is signed in. The state says what has failed. */
export function useList<State extends object>(
  list: List<State>,
  initial: State,
): State & { readonly loadMore: () => Promise<void> } {
  const userId = useUserId();
  useEffect(() => {
    if (userId !== undefined) void list.load();
  }, [list, userId]);
  const functions = useMemo(() => ({ loadMore: () => list.loadMore() }), [list]);
  return { ...useObservable(list, initial), ...functions };
}
