import { Client, DatabaseError, type QueryArrayResult, type QueryConfig, type QueryResult } from 'pg';
import { vi } from 'vitest';
import { SESSION_START, textOf } from '../support/count-statements.js';
import type { TestDatabase } from '../support/test-database.js';
import { type SentStatement, toSentValue, type Transcript } from './statement-transcript.js';

type Outcome = QueryResult<Record<string, unknown>> | QueryArrayResult<unknown[]>;
type Callback = (error: Error | null, outcome?: Outcome) => void;
type Send = (...sent: unknown[]) => Promise<Outcome> | undefined;

/**
 * Records the statements that clients of this process send to a database while `work` runs, in order, each with its
 * result. The settings of new connections are omitted, because they do not depend on the schema.
 */
export async function recordStatements(
  { connection: { database } }: TestDatabase,
  work: () => Promise<unknown>,
): Promise<Transcript> {
  const began = Date.now();
  const statements: SentStatement[] = [];
  const clients: Client[] = [];
  const { query: send } = Client.prototype as { query: Send };
  const spy = vi.spyOn(Client.prototype as { query: Send }, 'query');
  spy.mockImplementation(function intercept(this: Client, ...sent: unknown[]) {
    if (this.database !== database || SESSION_START.test(textOf(sent[0]))) return send.apply(this, sent);
    if (!clients.includes(this)) clients.push(this);
    const place = statements.push(statementOf(sent, clients.indexOf(this))) - 1;
    const keep = (result: SentStatement['result']) => {
      statements[place] = { ...(statements[place] as SentStatement), result };
    };
    const last = sent.at(-1);
    if (typeof last !== 'function') {
      return send.apply(this, sent)?.then(
        (outcome) => (keep(resultOf(outcome)), outcome),
        (error: unknown) => {
          keep(refusalOf(error));
          throw error;
        },
      );
    }
    const callback: Callback = (error, outcome) => {
      keep(outcome ? resultOf(outcome) : refusalOf(error));
      (last as Callback)(error, outcome);
    };
    return send.apply(this, [...sent.slice(0, -1), callback]);
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return { beganAt: new Date(began).toISOString(), statements };
}

function statementOf(sent: readonly unknown[], connection: number): SentStatement {
  const [first, second] = sent;
  const config: QueryConfig = typeof first === 'string' ? { text: first } : (first as QueryConfig);
  const values = config.values ?? (Array.isArray(second) ? second : []);
  return {
    connection,
    ...(config.name !== undefined && { name: config.name }),
    text: config.text,
    values: values.map(toSentValue),
    result: { columns: [], rows: [] },
  };
}

function resultOf({ fields, rows }: Outcome): SentStatement['result'] {
  return {
    columns: fields.map(({ name, dataTypeID }) => [name, dataTypeID] as const),
    rows: rows.map((row) =>
      (Array.isArray(row) ? row : fields.map(({ name }) => row[name])).map(toSentValue),
    ),
  };
}

function refusalOf(error: unknown): SentStatement['result'] {
  const code = error instanceof DatabaseError ? error.code : undefined;
  return { error: code ?? 'connection', columns: [], rows: [] };
}
