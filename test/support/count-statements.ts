import { Client } from 'pg';
import { vi } from 'vitest';
import { readEpoch } from '../../src/arch/common/infrastructure/database/epoch/epoch.statement.js';
import type { TestDatabase } from './test-database.js';

const EPOCH = readEpoch().text;
/** What every new connection sends first. */
export const SESSION_START = /^select .* as is_own, set_config/;

export interface Counted<T> {
  readonly result: T;
  /** The text of each statement that clients of this process sent, in order; a prepared one counts each time. */
  readonly statements: string[];
}

/**
 * What `work` sends to one database, from whichever pool or connection of this process, `begin` and `commit`
 * included. Outside of those each statement is a round trip and a transaction of its own. What is asked of every new
 * connection, and now and then, is not the work's.
 * @param work is given what has been sent so far
 */
export async function countStatements<T>(
  database: TestDatabase,
  work: (sent: () => string[]) => Promise<T>,
): Promise<Counted<T>> {
  const spy = vi.spyOn(Client.prototype, 'query');
  const sent = (): string[] => {
    const calls: unknown[][] = spy.mock.calls;
    const clients = spy.mock.contexts as Client[];
    const ours = calls.filter((_, index) => clients[index]?.database === database.connection.database);
    return ours
      .map(([statement]) => textOf(statement))
      .filter((text) => text !== EPOCH && !SESSION_START.test(text));
  };
  try {
    const result = await work(sent);
    return { result, statements: sent() };
  } finally {
    spy.mockRestore();
  }
}

/** How many committed transactions the rows of a table come from, as PostgreSQL noted it in them: no need to trust a client. */
export async function countWriters(database: TestDatabase, table: string): Promise<number> {
  const rows = await database.query<{ writers: number }>(
    `select count(distinct xmin::text)::int as writers from ${table}`,
  );
  return rows[0]?.writers ?? 0;
}

export function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  if (typeof query === 'object' && query !== null && 'text' in query) return String(query.text);
  throw new TypeError('A statement without a text.');
}
