import { useConnection } from '@causerie/react';
import { useEffect, useEffectEvent, useRef } from 'react';

/** Does something whenever there is a connection again. */
export function useOnline(act: () => void): void {
  const isOnline = useConnection().status === 'online';
  const wasAway = useRef(false);
  const again = useEffectEvent(act);
  useEffect(() => {
    if (isOnline && wasAway.current) again();
    wasAway.current = !isOnline;
  }, [isOnline]);
}
