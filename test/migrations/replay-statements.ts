import { Client, DatabaseError, type QueryArrayResult } from 'pg';
import { isDeepStrictEqual } from 'node:util';
import type { TestDatabase } from '../support/test-database.js';
import type { SentStatement, SentValue, Transcript } from './statement-transcript.js';

const TEXT = { getTypeParser: () => (text: string) => text };
/** Types whose values differ in every run: bytes, UUIDs, timestamps, and fractions, which are durations. */
const VARYING_TYPES: ReadonlySet<number> = new Set([17, 2950, 1184, 701]);
/** A time in microseconds, a timestamp, or an identifier of this database or transaction. */
const VARYING_TEXT = /^\d{13,}$|^\d{4}-\d\d-\d\d|^[\w-]{20,}$/;
/** Columns whose values differ between databases. */
const VARYING_COLUMNS: ReadonlySet<string> = new Set(['epoch', 'position']);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Sends the recorded statements of a node, each on its connection and in order, up to the first statement whose result
 * differs from the recorded one. Values that the database generated then (ids, times) are replaced by those that it
 * generates now.
 * @returns that statement with both results; undefined when all results are the same
 */
export async function replayStatements(
  database: TestDatabase,
  transcript: Transcript,
): Promise<Difference | undefined> {
  const replay = new Replay(database, Date.now() - Date.parse(transcript.beganAt));
  try {
    return await replay.sendAll(transcript.statements);
  } finally {
    await replay.end();
  }
}

interface Result {
  readonly error?: string | undefined;
  readonly columns: SentStatement['result']['columns'];
  readonly rows: readonly (readonly (string | null)[])[];
}

interface Difference {
  readonly text: string;
  readonly was: unknown;
  readonly now: unknown;
}

class Replay {
  private readonly clients = new Map<number, Promise<Client>>();
  private readonly now = new Map<string, string>();

  /** @param shift milliseconds from the recording to the replay */
  constructor(
    private readonly database: TestDatabase,
    private readonly shift: number,
  ) {}

  async sendAll(statements: readonly SentStatement[]): Promise<Difference | undefined> {
    for (const statement of statements) {
      const now = await this.send(statement);
      if (!this.isSame(statement.result, now)) return { text: statement.text, was: statement.result, now };
    }
    return undefined;
  }

  async end(): Promise<void> {
    for (const client of this.clients.values()) await (await client).end();
  }

  private async send({ connection, name, text, values }: SentStatement): Promise<Result> {
    const client = await this.clientOf(connection);
    const sent = {
      text,
      ...(name !== undefined && { name }),
      values: values.map((value) => this.presentOf(value)),
      rowMode: 'array' as const,
      types: TEXT,
    };
    try {
      const { fields, rows }: QueryArrayResult<(string | null)[]> = await client.query(sent);
      return {
        error: undefined,
        columns: fields.map((field) => [field.name, field.dataTypeID]),
        rows,
      };
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      return { error: error.code, columns: [], rows: [] };
    }
  }

  private clientOf(connection: number): Promise<Client> {
    const known = this.clients.get(connection);
    if (known) return known;
    const client = new Client(this.database.connection);
    const connected = client.connect().then(() => client);
    this.clients.set(connection, connected);
    return connected;
  }

  private presentOf(value: SentValue): unknown {
    if (typeof value === 'string')
      return this.now.get(value) ?? value.replaceAll(UUID, (id) => this.now.get(id) ?? id);
    if (typeof value !== 'object' || value === null) return this.now.get(String(value)) ?? value;
    if ('bytes' in value) return Buffer.from(value.bytes, 'hex');
    if ('instant' in value)
      return this.now.get(value.instant) ?? new Date(Date.parse(value.instant) + this.shift);
    return value.map((each) => this.presentOf(each));
  }

  private isSame(then: SentStatement['result'], now: Result): boolean {
    return (
      then.error === now.error &&
      isDeepStrictEqual(then.columns, now.columns) &&
      then.rows.length === now.rows.length &&
      then.rows.every((row, index) =>
        then.columns.every(([name, type], column) =>
          this.isSameCell(name, type, textOf(row[column] ?? null, type), now.rows[index]?.[column] ?? null),
        ),
      )
    );
  }

  private isSameCell(name: string, type: number, then: string | null, now: string | null): boolean {
    if (then === null || now === null || !isVarying(name, type, then)) return then === now;
    this.now.set(then, now);
    return true;
  }
}

const isVarying = (name: string, type: number, text: string) =>
  VARYING_COLUMNS.has(name) || VARYING_TYPES.has(type) || VARYING_TEXT.test(text);

const BOOLEAN = 16;
const JSONB = 3802;

/** The text in which PostgreSQL returns the value. */
function textOf(value: SentValue, type: number): string | null {
  if (value === null) return null;
  if (type === BOOLEAN) return value === true ? 't' : 'f';
  if (typeof value !== 'object') return String(value);
  if ('bytes' in value) return `\\x${value.bytes}`;
  if ('instant' in value) return value.instant;
  return type === JSONB ? JSON.stringify(value) : `{${value.map((each) => textOf(each, type)).join(',')}}`;
}
