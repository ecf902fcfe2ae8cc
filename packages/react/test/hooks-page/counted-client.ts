import {
  type CauserieClient,
  type Clock,
  createClient,
  type Lifecycle,
  type Observable,
  type Transport,
} from '@causerie/client';

/** What a client has that must not stay when nobody uses it. */
export interface Counts {
  /** Sockets that were opened so far. */
  sockets: number;
  timers: number;
  /** Subscriptions of components. */
  subscriptions: number;
  /** Subscriptions so far, also those that have ended. */
  everSubscribed: number;
  /** Whoever watches the page. */
  watchers: number;
}

/** A client that counts what it has. */
export function createCountedClient(
  url: string,
  transport: Transport,
): { client: CauserieClient; counts: Counts } {
  const counts: Counts = { sockets: 0, timers: 0, subscriptions: 0, everSubscribed: 0, watchers: 0 };
  const client = createClient({
    url,
    clock: countedClock(counts),
    lifecycle: countedLifecycle(counts),
    transport: {
      request: (request) => transport.request(request),
      openSocket(...details) {
        counts.sockets += 1;
        return transport.openSocket(...details);
      },
    },
  });
  return { client: countSubscriptions(client, counts, new WeakMap()), counts };
}

function countedClock(counts: Counts): Clock {
  return {
    now: () => performance.now(),
    wallTime: () => Date.now(),
    setTimer(delayMs, run) {
      counts.timers += 1;
      let isPending = true;
      const end = (): void => {
        if (isPending) counts.timers -= 1;
        isPending = false;
      };
      const timer = setTimeout(() => (end(), run()), delayMs);
      return () => (end(), clearTimeout(timer));
    },
  };
}

function countedLifecycle(counts: Counts): Lifecycle {
  return {
    isVisible: () => true,
    watch() {
      counts.watchers += 1;
      return () => (counts.watchers -= 1);
    },
  };
}

/** The same object, whose observables, and those of its parts, count who subscribes to them. */
function countSubscriptions<T extends object>(counted: T, counts: Counts, known: WeakMap<object, object>): T {
  const before = known.get(counted);
  if (before) return before as T;
  const wrap = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !(value instanceof Promise) && !Array.isArray(value)
      ? countSubscriptions(value, counts, known)
      : value;
  const subscribe = (onChange: () => void): (() => void) => {
    const end = (counted as unknown as Observable<unknown>).subscribe(onChange);
    counts.subscriptions += 1;
    counts.everSubscribed += 1;
    return () => ((counts.subscriptions -= 1), end());
  };
  const proxy = new Proxy(counted, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'subscribe') return subscribe;
      // Handles and profiles have observables; snapshots are left as they are.
      if (name === 'conversation' || name === 'profile' || name === 'presence')
        return (id: string) => wrap((value as (id: string) => unknown)(id));
      return wrap(value);
    },
  });
  known.set(counted, proxy);
  return proxy;
}
