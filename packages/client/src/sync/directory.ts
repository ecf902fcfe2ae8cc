import type { Conversation, ConversationDetail } from '../contract.ts';
import { createStore, type Store } from '../observable/create-store.ts';
import { receiveConversation, type Row } from './row.ts';

type Rows = ReadonlyMap<string, Row>;
type Put = (...answers: readonly (Conversation | ConversationDetail)[]) => void;

/** The conversations that are known, by id. */
export interface Directory {
  readonly rows: Store<Rows>;
  readonly get: (id: string) => Row | undefined;
  /** Changes a row that is known. */
  readonly update: (id: string, change: (row: Row) => Row) => void;
  readonly put: Put;
  /** Before a request: puts its answer, but for conversations that were removed after this, which it may still have. */
  readonly ask: () => Put;
  readonly remove: (id: string) => void;
  readonly clear: () => void;
}

export function createDirectory(): Directory {
  const rows = createStore<Rows>(new Map());
  const get = (id: string): Row | undefined => rows.getSnapshot().get(id);
  /** The number of its removal. */
  const removed = new Map<string, number>();
  let removals = 0;
  /** The last removal of all. */
  let cleared = 0;

  const put: Put = (...answers) => {
    const next = new Map(rows.getSnapshot());
    for (const answer of answers) next.set(answer.id, receiveConversation(next.get(answer.id), answer));
    rows.set(next);
  };

  return {
    rows,
    get,
    update(id, change) {
      const row = get(id);
      const next = row && change(row);
      if (next && next !== row) rows.set(new Map(rows.getSnapshot()).set(id, next));
    },
    put,
    ask() {
      const before = removals;
      return (...answers) => put(...answers.filter(({ id }) => (removed.get(id) ?? cleared) <= before));
    },
    remove(id) {
      removed.set(id, (removals += 1));
      const next = new Map(rows.getSnapshot());
      if (next.delete(id)) rows.set(next);
    },
    clear() {
      cleared = removals += 1;
      removed.clear();
      rows.set(new Map());
    },
  };
}
