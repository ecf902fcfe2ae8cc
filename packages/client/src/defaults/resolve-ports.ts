import type { ClientOptions } from '../api/options.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import type { KeyValueStorage } from '../ports.ts';
import { environment } from './environment.ts';
import { guardedStorage } from './guarded-storage.ts';
import { memoryStorage } from './memory-storage.ts';
import { newId } from './new-id.ts';
import { pageLifecycle } from './page-lifecycle.ts';
import { scopedClock } from './scoped-clock.ts';
import { systemClock } from './system-clock.ts';
import { tabLocks } from './tab-locks.ts';
import { webTransport } from './web-transport.ts';

/** The options with their defaults. */
export interface Ports extends Required<Omit<ClientOptions, 'url' | 'storage' | 'limits'>> {
  /** Never fails: what it cannot keep is kept in memory. */
  readonly storage: Required<KeyValueStorage>;
  /** Address of the server with its path prefix, without a slash at the end. */
  url(): string;
  /** Ends all timers, requests and what is watched. */
  end(): void;
  /** The key of something that is kept for this server. */
  key(name: string): string;
}

/** Nothing is read or started yet. */
export function resolvePorts(options: ClientOptions): Ports {
  const clock = scopedClock(options.clock ?? systemClock);
  const {
    log = () => undefined,
    storage = memoryStorage(),
    auth = { kind: 'session' },
    transport = webTransport(clock),
    locks = tabLocks(clock),
    lifecycle = pageLifecycle,
  } = options;
  const guarded = guardedStorage(storage, log);
  function url(): string {
    const given = options.url ?? environment().location?.origin;
    if (given === undefined) throw new CauserieError('PROTOCOL', 'Pass url: there is no page here.');
    return String(given).replace(/\/+$/, '');
  }
  return {
    auth,
    transport,
    locks,
    lifecycle,
    clock,
    log,
    newId: options.newId ?? newId,
    storage: guarded,
    url,
    end() {
      clock.cancelAll();
      guarded.endAll();
      transport.close?.();
    },
    key: (name) => `causerie:${url()}:${name}`,
  };
}
