import { isCauserieError } from '@causerie/client';
import { useState } from 'react';

/** What became of a form that was sent. */
export interface Submission {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** The text, when the server has refused one of the fields. */
  readonly problemOf: (path: string, text: string) => string | undefined;
  /** Answers whether it was done. */
  readonly submit: (form: FormData) => Promise<boolean>;
}

/** @param send does what the form is for, with its fields */
export function useSubmission(send: (fields: Record<string, string>) => Promise<unknown>): Submission {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function submit(form: FormData): Promise<boolean> {
    setBusy(true);
    setError(null);
    try {
      await send(Object.fromEntries(form) as Record<string, string>);
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setBusy(false);
    }
  }
  const problemOf = (path: string, text: string): string | undefined =>
    isCauserieError(error) && error.details.some((detail) => detail.path === path) ? text : undefined;
  return { isBusy, error, problemOf, submit };
}
