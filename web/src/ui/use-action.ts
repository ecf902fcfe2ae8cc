import { useState } from 'react';

/** Something that the server is asked to do, which may fail. */
export interface Action {
  readonly isBusy: boolean;
  /** Why it has failed the last time. */
  readonly error: unknown;
  /** Does it, unless it is being done. Answers whether it was done. */
  readonly run: (perform: () => Promise<unknown>) => Promise<boolean>;
}

export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function run(perform: () => Promise<unknown>): Promise<boolean> {
    if (isBusy) return false;
    setBusy(true);
    setError(null);
    try {
      await perform();
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { isBusy, error, run };
}
