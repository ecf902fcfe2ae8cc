import { useState } from 'react';
import { useAttempt } from './use-attempt.ts';
import { useIsShown } from './use-is-shown.ts';
import { noteFocus } from './where-focus.ts';

/**
 * A part of the client that is loaded when it is first needed: null until then. When that fails a note says so, and the next
 * call tries again. The answer is whether it can be shown: who has gone elsewhere meanwhile is not called back.
 * @param load imports it
 */
export function usePart<Part>(load: () => Promise<Part>): readonly [Part | null, () => Promise<boolean>] {
  // In an object: React calls functions that are set.
  const [loaded, setLoaded] = useState<{ readonly part: Part } | null>(null);
  const attempt = useAttempt();
  const isShown = useIsShown();
  return [
    loaded?.part ?? null,
    async () => {
      const hasLeft = noteFocus();
      const isLoaded = await attempt(async () => {
        const part = await load();
        setLoaded({ part });
      });
      return isLoaded && isShown.current && !hasLeft();
    },
  ];
}
