import { useRef, useState } from 'react';

/** A setting that is saved when it is chosen. */
export interface Saved<Value> {
  /** The choice while it is being saved; else, and when that fails, what the server has. */
  readonly shown: Value;
  readonly error: unknown;
  readonly choose: (value: Value) => void;
}

/**
 * What is chosen while another choice is being saved is saved after it: of several the last one.
 * @param value what the server has
 */
export function useSaved<Value>(value: Value, onSave: (value: Value) => Promise<unknown>): Saved<Value> {
  const [chosen, setChosen] = useState<{ readonly value: Value } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const last = useRef(chosen);
  const saving = useRef(Promise.resolve());
  async function save(choice: { readonly value: Value }): Promise<void> {
    if (last.current !== choice) return;
    setError(null);
    try {
      await onSave(choice.value);
    } catch (failure) {
      setError(failure);
    }
    if (last.current === choice) setChosen(null);
  }
  function choose(next: Value): void {
    const choice = { value: next };
    last.current = choice;
    setChosen(choice);
    saving.current = saving.current.then(() => save(choice));
  }
  return { shown: chosen ? chosen.value : value, error, choose };
}
