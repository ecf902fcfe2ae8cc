import type { Routes } from '../contract.ts';
import { CauserieError, isCauserieError } from '../errors/causerie-error.ts';
import type { HttpAnswer, HttpRequest } from '../ports.ts';
import type { Accounts } from './accounts.ts';
import { refuse, refuseField } from './refusal.ts';
import { type Call, findRoute, type RouteTable } from './routes.ts';
import type { Account } from './state.ts';

/** Routes that take no token. */
const OPEN = new Set<string>(['GET /health', 'POST /auth/signup', 'POST /auth/login', 'POST /auth/refresh']);
/** Numbers in a query, and how high they may be. */
const NUMBERS = ['limit', 'page', 'before', 'after', 'around', 'since'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type AnyHandler = (call: Call<keyof Routes>) => unknown;

/** What a request is answered. */
export interface Served {
  readonly status: number;
  readonly body: unknown;
}

export interface RequestServer {
  /** The route of a request; null when the server does not have it. */
  routeOf(method: string, path: string): keyof Routes | null;
  serve(request: HttpRequest, path: string): Served;
  /** The answer of a route to a user, without a token. */
  call(user: Account, route: keyof Routes, input: Input): Served;
}

interface Input {
  readonly params?: object;
  readonly query?: object;
  readonly body?: unknown;
}

export function createRequestServer(table: RouteTable, accounts: Accounts): RequestServer {
  function run(
    route: keyof Routes,
    input: Input,
    known: { user: Account; sessionId: string } | null,
  ): Served {
    const handlers: { readonly [route: string]: unknown } = table;
    const handler = (handlers[route] ?? refuse('ROUTE_NOT_FOUND')) as AnyHandler;
    let given = 0;
    const { params = {}, query = {}, body = {} } = input;
    checkInput(route, params, query);
    const setStatus = (status: number): void => void (given = status);
    const answer = handler({ ...known, params, query, body, setStatus } as unknown as Call<keyof Routes>);
    const usual = answer === undefined ? 204 : route.startsWith('POST') ? 201 : 200;
    return { status: given || usual, body: answer === undefined ? null : answer };
  }

  return {
    routeOf(method, path) {
      try {
        return findRoute(table, method, path).route;
      } catch {
        return null;
      }
    },
    call: (user, route, input) => run(route, input, { user, sessionId: '' }),
    serve({ method, url, headers, body }, path) {
      const { route, params } = findRoute(table, method, path);
      const query: Record<string, unknown> = Object.fromEntries(new URL(url).searchParams);
      for (const name of NUMBERS) if (name in query) query[name] = Number(query[name]);
      const token = (headers['authorization'] ?? '').replace('Bearer ', '');
      const known = OPEN.has(route) ? null : accounts.authenticate(token);
      return run(route, { params, query, body: typeof body === 'string' ? JSON.parse(body) : body }, known);
    },
  };
}

function checkInput(route: string, params: object, query: object): void {
  for (const [name, value] of Object.entries(params)) {
    if (/^id$|Id$/.test(name) && !UUID.test(String(value))) refuseField(name, 'Is no UUID.');
  }
  for (const [name, value] of Object.entries(query)) {
    if (!NUMBERS.includes(name)) continue;
    const most = name === 'limit' ? (route.endsWith('/changes') ? 500 : 100) : Number.MAX_SAFE_INTEGER;
    const least = name === 'limit' || name === 'page' ? 1 : 0;
    if (!Number.isInteger(value) || value < least || value > most) refuseField(name, 'Is out of bounds.');
  }
}

/** As bytes would make it. */
export const copyOf = <T>(value: T): T =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);

export function answerOf(
  { status, body }: Served,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return { status, body: copyOf(body), header: (name) => headers[name.toLowerCase()] ?? null };
}

/** The answer that reports an error. */
export function errorAnswer(thrown: unknown, path: string, timestamp: string): HttpAnswer {
  const error = isCauserieError(thrown)
    ? thrown
    : new CauserieError('INTERNAL', String(thrown), { status: 500 });
  const { code, message, details, retryAfterMs } = error;
  const status = error.status ?? 500;
  const body = {
    statusCode: status,
    error: code,
    code,
    message,
    requestId: 'test',
    timestamp,
    path,
    details,
  };
  const seconds = retryAfterMs === null ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) };
  return answerOf({ status, body }, seconds);
}
