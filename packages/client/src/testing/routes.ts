import type { Routes } from '../contract.ts';
import { refuse } from './refusal.ts';
import type { Account } from './state.ts';

type Field<R extends keyof Routes, K extends string> = Routes[R] extends { readonly [key in K]?: infer V }
  ? NonNullable<V>
  : unknown;

/** A request, as a route takes it. */
export interface Call<R extends keyof Routes> {
  readonly user: Account;
  readonly sessionId: string;
  readonly params: Field<R, 'params'>;
  readonly query: Field<R, 'query'>;
  readonly body: Field<R, 'body'>;
  /** Sets the status of the answer: else 201 for `POST`, 204 without an answer, and 200. */
  readonly setStatus: (status: number) => void;
}

/** What answers each route. */
export type RouteTable = { readonly [R in keyof Routes]?: (call: Call<R>) => Answer<Routes[R]['answer']> };
type Answer<A> = [A] extends [undefined] ? void : A;

/** A route, and the values of its path. */
export interface Found {
  readonly route: keyof Routes;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request: fixed segments win over values. */
export function findRoute(table: RouteTable, method: string, path: string): Found {
  const found = Object.keys(table).flatMap((route) => {
    const params = match(route, `${method} ${path}`);
    return params ? [{ route: route as keyof Routes, params }] : [];
  });
  found.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  return found[0] ?? refuse('ROUTE_NOT_FOUND');
}

function match(route: string, place: string): Record<string, string> | null {
  const [given, wanted] = [place.split('/'), route.split('/')];
  if (given.length !== wanted.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = decodeURIComponent(value);
    else if (segment !== value) return null;
  }
  return params;
}
