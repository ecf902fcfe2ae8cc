import type { CallInput } from '../api/call.ts';
import type { ClientLimits } from '../api/options.ts';
import type { Routes } from '../contract.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { type CauserieError, isCauserieError } from '../errors/causerie-error.ts';
import type { Link } from '../link/link.ts';
import { createDirectory } from './directory.ts';
import type { Scope } from './scope.ts';

const LIMITS: ClientLimits = { pageSize: 50, windowRows: 300, outbox: 500, timelines: 30 };

interface ScopeParts {
  readonly ports: Ports;
  readonly link: Link;
  readonly limits: Partial<ClientLimits> | undefined;
  readonly userId: () => string | null;
  readonly untilKnown: () => Promise<void>;
  /** The server does not know the conversation any more, or this user is no member of it. */
  readonly onGone: (id: string, error: CauserieError) => void;
  readonly onCursorInvalid: () => void;
}

export function createScope({
  ports,
  link,
  limits,
  userId,
  untilKnown,
  onGone,
  onCursorInvalid,
}: ScopeParts): Scope {
  function noteGone(id: string, error: unknown): void {
    if (isCauserieError(error, 'NOT_CONVERSATION_MEMBER', 'CONVERSATION_NOT_FOUND')) onGone(id, error);
    if (isCauserieError(error, 'CURSOR_INVALID')) onCursorInvalid();
  }

  const directory = createDirectory();
  const scope: Scope = {
    ...ports,
    ...link,
    limits: { ...LIMITS, ...limits },
    directory,
    userId,
    untilKnown,
    noteGone,
    key: (name, user = userId() ?? '') => ports.key(`${user}:${name}`),
    async readRow(id) {
      const put = directory.ask();
      put(await scope.request('GET /chat/conversations/:id', id));
    },
    async request<R extends keyof Routes>(route: R, id: string, input?: object, params?: object) {
      try {
        return await link.call(route, { ...input, params: { id, ...params } } as unknown as CallInput<R>);
      } catch (error) {
        noteGone(id, error);
        throw error;
      }
    },
  };
  return scope;
}
