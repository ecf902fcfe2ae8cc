import type { PublicProfile } from '@causerie/client';
import { useClient } from '@causerie/react';
import { useEffect, useState } from 'react';

/** The search begins when typing pauses. */
const PAUSE_MS = 200;

export interface PeopleSearch {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Null while nothing is searched for, or while the answer is on its way. */
  readonly found: readonly PublicProfile[] | null;
  readonly error: unknown;
}

/** Finds people whose name begins like what is typed. An answer for an earlier text is dropped. */
export function usePeopleSearch(): PeopleSearch {
  const { users } = useClient();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<{
    text: string;
    found: readonly PublicProfile[] | null;
    error: unknown;
  }>();
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === '') return undefined;
    let isCurrent = true;
    const show = (found: readonly PublicProfile[] | null, error: unknown = null): void => {
      if (isCurrent) setAnswer({ text: wanted, found, error });
    };
    const timer = setTimeout(() => {
      users.search(wanted).then(
        ({ data }) => show(data),
        (error: unknown) => show(null, error),
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [users, wanted]);
  const isOf = answer?.text === wanted;
  return { text, setText, found: isOf ? answer.found : null, error: isOf ? answer.error : null };
}
