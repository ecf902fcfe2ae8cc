import { useEffect } from 'react';
import { useRoute } from 'wouter';
import { lookAt } from './tab-roles.ts';

/** Tells all tabs at which conversation, and at which thread, somebody looks here: it is open, and its window visible and in front. */
export function useLookingAt(): void {
  const [, conversation] = useRoute('/c/:id/*?');
  const [, thread] = useRoute('/c/:id/t/:messageId');
  useLookingAtOne(conversation?.id);
  useLookingAtOne(thread?.messageId);
}

/** @param id of the conversation, or of the message at which the thread begins */
function useLookingAtOne(id: string | undefined): void {
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
