import { Client } from 'pg';
import { vi } from 'vitest';
import { readEpoch } from '../../src/arch/common/infrastructure/database/epoch/epoch.statement.js';
import type { TestDatabase } from './test-database.js';

const EPOCH = readEpoch().text;
/** The first statement of every new connection. */
export const SESSION_START = /^select .* as is_own, set_config/;

export interface Counted<T> {
  readonly result: T;
  /**
   * The text of each statement that clients of this process sent, in order; a prepared one counts each time that it is
   * executed.
   */
  readonly statements: string[];
}

/**
 * Returns the statements that `work` sends to one database, from any pool or connection of this process, including
 * `begin` and `commit`. A statement outside of these is a round trip and a transaction of its own. The statements of
 * new connections and periodic ones are not included.
 * @param work is called with the list of statements sent so far
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

/**
 * Number of committed transactions that wrote the rows of a table, as PostgreSQL recorded it in them, independent of
 * any client.
 */
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
