import { useEffect, useState } from 'react';

/** Something that is read from the server once. */
export interface Loaded<Value> {
  /** Null until it is there. */
  readonly value: Value | null;
  readonly error: unknown;
  readonly reload: () => void;
}

/** @param load always the same function for a value */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    load().then(
      (loaded) => isCurrent && setValue(loaded),
      (failure: unknown) => isCurrent && setError(failure),
    );
    return () => {
      isCurrent = false;
    };
  }, [load, attempt]);
  return {
    value,
    error,
    reload() {
      setError(null);
      setAttempt(attempt + 1);
    },
  };
}
