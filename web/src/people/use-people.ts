import { useClient, useObservable } from '@causerie/react';
import { useMemo } from 'react';

/** Somebody whose name is known. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Some people, as far as their names are known. */
export function usePeople(ids: readonly string[]): readonly Person[] {
  const { users } = useClient();
  const key = ids.join(' ');
  const names = useMemo(() => {
    const profiles = key === '' ? [] : key.split(' ').map((id) => users.profile(id));
    return {
      // A name has one line.
      getSnapshot: () => profiles.map((profile) => profile.getSnapshot()?.displayName ?? '').join('\n'),
      subscribe(onChange: () => void) {
        const ends = profiles.map((profile) => profile.subscribe(onChange));
        return () => ends.forEach((end) => end());
      },
    };
  }, [users, key]);
  const known = useObservable(names, '').split('\n');
  return ids.map((id, index) => ({ id, name: known[index] ?? '' })).filter(({ name }) => name !== '');
}
