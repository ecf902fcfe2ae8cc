import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

type Change = (...args: unknown[]) => Promise<unknown>;

/** The functions that change names in a folder. */
const CHANGES = ['rename', 'rmdir', 'rm', 'link'] as const;

/** Whether this change, the `count`th from 1, is the one that does not take place. */
type Choice = (count: number, args: readonly unknown[]) => boolean;

/**
 * Runs `work`, and stops it when the change with this number, from 1, is due: all earlier changes are on the disk, as
 * if the process had been killed.
 * @returns whether `work` came to that change
 */
export async function stopAtChange(number: number, work: () => Promise<unknown>): Promise<boolean> {
  const { promise: reached, resolve } = Promise.withResolvers<true>();
  const never = new Promise<never>(() => undefined);
  const stop = (): Promise<never> => {
    resolve(true);
    return never;
  };
  return insteadOfChange(isNumber(number), stop, () => Promise.race([reached, work().then(() => false)]));
}

/** Runs `work` while the change with this number, from 1, is refused. */
export function failAtChange<T>(number: number, error: Error, work: () => Promise<T>): Promise<T> {
  return insteadOfChange(isNumber(number), () => Promise.reject(error), work);
}

/** Like `failAtChange`, for each rename whose old and new name, separated by a blank, match. */
export function failAtRename<T>(names: RegExp, error: Error, work: () => Promise<T>): Promise<T> {
  const isChosen: Choice = (_, [from, to]) => names.test(`${String(from)} ${String(to)}`);
  return insteadOfChange(isChosen, () => Promise.reject(error), work);
}

const isNumber =
  (number: number): Choice =>
  (count) =>
    count === number;

async function insteadOfChange<T>(
  isChosen: Choice,
  instead: () => Promise<never>,
  work: () => Promise<T>,
): Promise<T> {
  const original = CHANGES.map((name) => [name, fs[name]] as const);
  let count = 0;
  const counting = original.map(([name, change]) => {
    const counted: Change = (...args) => {
      count += 1;
      return isChosen(count, args) ? instead() : (change as Change)(...args);
    };
    return [name, counted] as const;
  });
  replace(counting);
  try {
    return await work();
  } finally {
    replace(original);
  }
}

/** Also affects modules that have imported these functions by name. */
function replace(changes: readonly (readonly [string, unknown])[]): void {
  Object.assign(fs, Object.fromEntries(changes));
  syncBuiltinESMExports();
}
