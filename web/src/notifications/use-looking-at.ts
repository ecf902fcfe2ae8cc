import { useEffect } from 'react';
import { useRoute } from 'wouter';
import { lookAt } from './tab-roles.ts';

/** Tells all tabs at which conversation somebody looks here: it is open, and its window visible and in front. */
export function useLookingAt(): void {
  const [, params] = useRoute('/c/:id/*?');
  const id = params?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    const abort = new AbortController();
    const { signal } = abort;
    let end: (() => void) | undefined;
    function update(): void {
      const isLooking = document.visibilityState === 'visible' && document.hasFocus();
      if (isLooking) end ??= lookAt(id ?? '');
      else {
        end?.();
        end = undefined;
      }
    }
    update();
    addEventListener('focus', update, { signal });
    addEventListener('blur', update, { signal });
    document.addEventListener('visibilitychange', update, { signal });
    return () => {
      abort.abort();
      end?.();
    };
  }, [id]);
}
