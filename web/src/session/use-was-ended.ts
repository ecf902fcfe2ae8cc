import type { SessionState } from '@causerie/client';
import { useState } from 'react';
import { isBeingLeft } from './leaving.ts';

/** Whether the session has ended elsewhere while this page was open; and how to leave that behind. */
export function useWasEnded(status: SessionState['status']): readonly [boolean, () => void] {
  const [known, setKnown] = useState(status);
  const [wasEnded, setEnded] = useState(false);
  if (status !== known) {
    setKnown(status);
    setEnded(known === 'signed-in' && !isBeingLeft());
  }
  return [wasEnded, () => setEnded(false)];
}
