import { useState } from 'react';
import { useAttempt } from './use-attempt.ts';

/**
 * A part of the client that is loaded when it is first needed: null until then. When that fails a note says so, and the next
 * call tries again.
 * @param load imports it
 */
export function usePart<Part>(load: () => Promise<Part>): readonly [Part | null, () => Promise<boolean>] {
  // In an object: React calls functions that are set.
  const [loaded, setLoaded] = useState<{ readonly part: Part } | null>(null);
  const attempt = useAttempt();
  return [
    loaded?.part ?? null,
    () =>
      attempt(async () => {
        const part = await load();
        setLoaded({ part });
      }),
  ];
}
