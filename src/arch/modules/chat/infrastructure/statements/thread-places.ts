import { BatchedLookup } from '../../../../common/infrastructure/database/batched-lookup.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ThreadPlace } from '../../domain/models/thread.model.js';

const PLACES = {
  name: 'thread_places',
  text: 'select id, parent_id as "parentId", root_seq as "rootSeq" from conversations where id = any ($1::uuid[]) and parent_id is not null',
};

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly parentId: string;
  readonly rootSeq: string;
}

/** Where threads have begun: it never changes, so that it is looked up once. */
export class ThreadPlaces {
  private readonly places: BatchedLookup<ThreadPlace | null>;

  constructor(database: Database) {
    const find = async (ids: readonly string[]) => {
      const rows = await database.execute<Row>({ ...PLACES, values: [ids] }, 'messages');
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => toPlace(found.get(id)));
    };
    this.places = new BatchedLookup(database, find, (place) => place !== null);
  }

  /** Null when there is no such thread. */
  findPlace(threadId: string): Promise<ThreadPlace | null> {
    return this.places.findValue(threadId);
  }
}

function toPlace(row: Row | undefined): ThreadPlace | null {
  return row ? { parentId: row.parentId, rootSeq: Number(row.rootSeq) } : null;
}
