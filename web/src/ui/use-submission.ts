import { isCauserieError } from '@causerie/client';
import { useState } from 'react';

/** What became of a form that was sent. */
export interface Submission {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** The problem with one of the fields, as the server says it. */
  readonly problemOf: (path: string) => string | undefined;
  readonly submit: (form: FormData) => Promise<void>;
}

/** @param send does what the form is for, with its fields */
export function useSubmission(send: (fields: Record<string, string>) => Promise<unknown>): Submission {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function submit(form: FormData): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await send(Object.fromEntries(form) as Record<string, string>);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  const problemOf = (path: string): string | undefined =>
    isCauserieError(error) ? error.details.find((detail) => detail.path === path)?.message : undefined;
  return { isBusy, error, problemOf, submit };
}
