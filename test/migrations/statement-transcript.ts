/** A value as text that JSON can hold; bytes and instants keep their type. */
export type SentValue =
  | null
  | boolean
  | number
  | string
  | { readonly bytes: string }
  | { readonly instant: string }
  | readonly SentValue[];

/** A statement that a node has sent, and its result. */
export interface SentStatement {
  /** The number of the connection, from 0. */
  readonly connection: number;
  /** The name under which it was prepared. */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly SentValue[];
  readonly result: SentResult;
}

interface SentResult {
  /** The SQLSTATE, when the statement was refused. */
  readonly error?: string;
  /** Name and type of each column. */
  readonly columns: readonly (readonly [name: string, typeId: number])[];
  readonly rows: readonly (readonly SentValue[])[];
}

export interface Transcript {
  /** When the recording began: an instant that the node computed itself is as far from the replay's beginning. */
  readonly beganAt: string;
  readonly statements: readonly SentStatement[];
}

export function toSentValue(value: unknown): SentValue {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return { bytes: value.toString('hex') };
  if (value instanceof Date) return { instant: value.toISOString() };
  if (Array.isArray(value)) return value.map(toSentValue);
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  throw new TypeError(`A value of type ${typeof value} cannot be recorded.`);
}
