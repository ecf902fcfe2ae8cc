import type { ConnectionState } from '../../src/api/connection-state.ts';
import type { ClientOptions } from '../../src/api/options.ts';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { resolvePorts } from '../../src/defaults/resolve-ports.ts';
import { createLink } from '../../src/link/create-link.ts';
import { createAccount } from '../../src/session/create-account.ts';
import { createSession } from '../../src/session/create-session.ts';

/** The parts of a client that reach a real server. */
export function realClient(url: string, options: ClientOptions = {}) {
  const storage = options.storage ?? memoryStorage();
  const ports = resolvePorts({ url, ...options, storage });
  const account = createAccount(ports);
  const link = createLink(ports, account);
  const session = createSession(account, link, () => false);
  const { connection } = link;

  /** Resolves with the first state, from now on, that has this status. */
  function until<S extends ConnectionState['status']>(
    status: S,
    isNew = false,
  ): Promise<ConnectionState & { status: S }> {
    return new Promise((resolve) => {
      const first = connection.getSnapshot();
      const look = (): void => {
        const state = connection.getSnapshot();
        if (state.status !== status || (isNew && state === first)) return;
        end();
        resolve(state as ConnectionState & { status: S });
      };
      const end = connection.subscribe(look);
      look();
    });
  }
  /** Resolves with the payload of the next such event. */
  function next(event: string): Promise<unknown> {
    return new Promise((resolve) => {
      const end = link.onEvent((name, payload) => {
        if (name !== event) return;
        end();
        resolve(payload);
      });
    });
  }
  return { storage, ports, account, link, session, until, next };
}

export type RealClient = ReturnType<typeof realClient>;
