import type { Awaitable } from '../ports.ts';

/** Like `then`, and at once where the value is no promise. */
export function atOnce<T, U>(
  act: () => Awaitable<T>,
  onValue: (value: T) => U,
  onFault: () => U,
): Awaitable<U> {
  try {
    const value = act();
    return isPromise(value) ? value.then(onValue, onFault) : onValue(value);
  } catch {
    return onFault();
  }
}

/** Whether it has to be waited for. */
export const isPromise = <T>(value: Awaitable<T>): value is PromiseLike<T> =>
  typeof (value as Partial<PromiseLike<T>> | null | undefined)?.then === 'function';
