import type { KeyValueStorage } from '../ports.ts';
import { environment, listen } from './environment.ts';

/** `localStorage`: shared by the tabs of an origin, and kept. */
export function webStorage(prefix = ''): KeyValueStorage {
  return {
    get: (key) => environment().localStorage.getItem(prefix + key),
    set: (key, value) => environment().localStorage.setItem(prefix + key, value),
    delete: (key) => environment().localStorage.removeItem(prefix + key),
    watch: (onChange) =>
      listen(environment(), {
        storage({ key }: { key: string | null }) {
          if (key === null) onChange(null);
          else if (key.startsWith(prefix)) onChange(key.slice(prefix.length));
        },
      }),
  };
}
