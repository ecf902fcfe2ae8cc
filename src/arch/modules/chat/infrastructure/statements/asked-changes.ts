import { sql } from 'drizzle-orm';

/** What is asked of one conversation: its changes after `since`, and up to `upTo`. */
export interface AskedChanges {
  readonly conversationId: string;
  readonly since: number;
  readonly upTo: number;
  /** The first message that the reader sees. */
  readonly visibleFrom: number;
}

/** The conversations of a statement, as rows: one statement reads one of them or many, each by look-ups. */
export const askedRows = sql`unnest(
  ${sql.placeholder('ids')}::uuid[], ${sql.placeholder('sinces')}::bigint[], ${sql.placeholder('ends')}::bigint[],
  ${sql.placeholder('firsts')}::bigint[]
) with ordinality as asked (id, since, up_to, visible_from, place)`;

/** The columns of such a row. */
export const asked = {
  id: sql`asked.id`,
  since: sql`asked.since`,
  upTo: sql`asked.up_to`,
  visibleFrom: sql`asked.visible_from`,
  place: sql`asked.place`,
};

export const toAskedValues = (changes: readonly AskedChanges[]) => ({
  ids: changes.map(({ conversationId }) => conversationId),
  sinces: changes.map(({ since }) => since),
  ends: changes.map(({ upTo }) => upTo),
  firsts: changes.map(({ visibleFrom }) => visibleFrom),
});
