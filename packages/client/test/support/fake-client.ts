import type { ClientOptions } from '../../src/api/options.ts';
import type { Tokens } from '../../src/contract.ts';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { resolvePorts } from '../../src/defaults/resolve-ports.ts';
import { createLink } from '../../src/link/create-link.ts';
import { createAccount } from '../../src/session/create-account.ts';
import { createSession } from '../../src/session/create-session.ts';
import type { HttpAnswer, HttpRequest, KeyValueStorage, Lifecycle, LogEntry } from '../../src/ports.ts';
import { FakeClock } from './fake-clock.ts';
import { answerOf, FakeTransport, refusal } from './fake-transport.ts';

export type Change = Parameters<Parameters<Lifecycle['watch']>[0]>[0];

export function userNamed(id: string): Tokens['user'] {
  return {
    id,
    email: `${id}@test.example`,
    displayName: id,
    bio: null,
    avatarUrl: null,
    createdAt: '',
    updatedAt: '',
  };
}

export function tokensOf(id: string, number: number, expiresIn = 900): Tokens {
  return {
    accessToken: `access-${id}-${number}`,
    refreshToken: `refresh-${id}-${number}`,
    tokenType: 'Bearer',
    expiresIn,
    user: userNamed(id),
  };
}

export const SESSION_KEY = 'causerie:https://chat.example:session';

/** The parts of a client that reach the server, on a clock, network and page of the test. */
export function fakeClient(
  options: ClientOptions & { clock?: FakeClock; transport?: FakeTransport; storage?: KeyValueStorage } = {},
) {
  const clock = options.clock ?? new FakeClock();
  const transport = options.transport ?? new FakeTransport();
  const storage = options.storage ?? memoryStorage();
  const page = {
    isVisible: true,
    listeners: new Set<(change: Change) => void>(),
    tell(change: Change): void {
      page.isVisible = change === 'hidden' ? false : change === 'visible' ? true : page.isVisible;
      for (const listener of page.listeners) listener(change);
    },
  };
  const lifecycle: Lifecycle = {
    isVisible: () => page.isVisible,
    watch(listener) {
      page.listeners.add(listener);
      return () => page.listeners.delete(listener);
    },
  };
  const logged: LogEntry[] = [];
  let hasUnsent = false;
  const ports = resolvePorts({
    url: 'https://chat.example/',
    lifecycle,
    log: (entry) => logged.push(entry),
    ...options,
    storage,
    clock,
    transport,
  });
  const account = createAccount(ports);
  const link = createLink(ports, account);
  const session = createSession(account, link, () => hasUnsent);
  const accounts: (string | null)[] = [];
  link.onAccount((userId) => accounts.push(userId));
  return {
    clock,
    transport,
    storage,
    page,
    ports,
    account,
    link,
    session,
    logged,
    accounts,
    leaveUnsent: () => (hasUnsent = true),
    status: () => link.connection.getSnapshot().status,
  };
}

/** Answers refreshes as the server does: each token is exchanged for the next number. */
export function refreshing(id: string, expiresIn = 900): (request: HttpRequest) => HttpAnswer {
  return ({ url, body, headers }) => {
    if (url.endsWith('/auth/refresh')) {
      const { refreshToken } = JSON.parse(body as string) as { refreshToken: string };
      return answerOf(200, tokensOf(id, Number(refreshToken.split('-')[2]) + 1, expiresIn));
    }
    if (url.endsWith('/auth/logout')) return answerOf(204, null);
    if (headers['authorization'] === undefined) return refusal(401, 'TOKEN_MISSING');
    return answerOf(200, userNamed(id));
  };
}
