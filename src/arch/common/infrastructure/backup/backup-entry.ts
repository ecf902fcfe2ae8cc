import { z } from 'zod';

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const count = z.number().int().nonnegative();

/** What is said of a piece of a backup before its contents, in the order in which the pieces come. */
const schema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    createdAt: z.iso.datetime(),
    /** Those that the database had: when each was generated, in milliseconds. */
    migrations: z.array(count).min(1),
  }),
  z.object({ kind: z.literal('avatar'), name: z.string().regex(/^[\w-]{1,80}\.\w{1,10}$/) }),
  /** Its rows follow, in the text format of COPY. Tables come after those which their foreign keys name. */
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
  /** To be read before the next entry is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Comes out of a file that may be anybody's. @throws SyntaxError, ZodError */
export function parseHead(text: string): Head {
  return schema.parse(JSON.parse(text));
}

export async function* noContent(): AsyncGenerator<Uint8Array> {}
