import { z } from 'zod';

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const count = z.number().int().nonnegative();

/** The heads of a backup's entries, which precede their contents, in the order of the entries. */
const schema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    createdAt: z.iso.datetime(),
    /** The generation time in milliseconds of each migration that the database had. */
    migrations: z.array(count).min(1),
  }),
  z.object({ kind: z.literal('avatar'), name: z.string().regex(/^[\w-]{1,80}\.\w{1,10}$/) }),
  /**
   * The rows of a table follow, in the text format of COPY. A table comes after those that its foreign keys refer to.
   */
  z.object({ kind: z.literal('table'), name, columns: z.array(name).min(1) }),
  z.object({ kind: z.literal('sequence'), name, last: z.string().regex(/^\d{1,19}$/), called: z.boolean() }),
  z.object({ kind: z.literal('end'), rows: z.record(name, count), avatars: count }),
]);

export type Head = z.output<typeof schema>;
export type Beginning = Extract<Head, { kind: 'backup' }>;
export type TableHead = Extract<Head, { kind: 'table' }>;
export type SequenceHead = Extract<Head, { kind: 'sequence' }>;
export type Ending = Extract<Head, { kind: 'end' }>;

export interface BackupEntry {
  readonly head: Head;
  /** Must be read before the next entry is requested. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Parses a head from an untrusted file.
 * @throws SyntaxError, ZodError
 */
export function parseHead(text: string): Head {
  return schema.parse(JSON.parse(text));
}

export async function* noContent(): AsyncGenerator<Uint8Array> {}
