import type { Observable } from '@causerie/client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

const whole = <T>(value: T): T => value;

/**
 * What an observable holds, or a part of it. The component is rendered again when that part changes. All other hooks are made of
 * this one.
 *
 * @param initial what is rendered on a server, and while a page is hydrated: a constant
 * @param select gives the part; one that makes a new object each time needs `isEqual`
 */
export function useObservable<T, Part = T>(
  observable: Observable<T>,
  initial: T,
  select: (value: T) => Part = whole as unknown as (value: T) => Part,
  isEqual: (one: Part, other: Part) => boolean = Object.is,
): Part {
  // The part is the same object as long as the value is, which React requires.
  const getPart = useMemo(() => {
    let kept: { readonly value: T; readonly part: Part } | undefined;
    return (value: T): Part => {
      if (kept && Object.is(kept.value, value)) return kept.part;
      const part = select(value);
      kept = { value, part: kept && isEqual(kept.part, part) ? kept.part : part };
      return kept.part;
    };
  }, [select, isEqual]);
  return useSyncExternalStore(
    useCallback((onChange) => observable.subscribe(onChange), [observable]),
    () => getPart(observable.getSnapshot()),
    () => getPart(initial),
  );
}
