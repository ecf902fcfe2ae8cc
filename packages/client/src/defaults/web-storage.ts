import type { KeyValueStorage } from '../ports.ts';
import { type Environment, environment, listen } from './environment.ts';

/** `localStorage`: shared by the tabs of an origin, and kept. */
export function webStorage(prefix = ''): KeyValueStorage {
  return {
    get: (key) => area().getItem(prefix + key),
    set: (key, value) => area().setItem(prefix + key, value),
    delete: (key) => area().removeItem(prefix + key),
    watch: (onChange) =>
      listen(environment(), {
        storage({ key }: { key: string | null }) {
          if (key === null) onChange(null);
          else if (key.startsWith(prefix)) onChange(key.slice(prefix.length));
        },
      }),
  };
}

/** Reading the property throws where storage is forbidden. */
function area(): NonNullable<Environment['localStorage']> {
  const { localStorage } = environment();
  if (!localStorage) throw new TypeError('There is no localStorage here.');
  return localStorage;
}
