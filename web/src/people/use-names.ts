import { useClient, useObservable } from '@causerie/react';
import { useMemo } from 'react';

/** The names of some people, as far as they are known. */
export function useNames(ids: readonly string[]): readonly string[] {
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
  return useObservable(names, '')
    .split('\n')
    .filter((name) => name !== '');
}
