import type { ClientEvents } from '../contract.ts';
import { isCauserieError } from '../errors/causerie-error.ts';
import type { Heads } from '../link/link.ts';
import { type ChangesReader, createChanges } from './create-changes.ts';
import type { Scope } from './scope.ts';

/** The newest state of a conversation when its room was joined. */
type Head = Pick<ClientEvents['join_room']['data'], 'lastSeq' | 'rev'>;

/** The rooms that the present connection has joined. */
export interface Rooms {
  /** What the cursors of all conversations belong to. */
  readonly epoch: () => string | undefined;
  /** Belongs to the connection, too: it begins and ends with it. */
  readonly changes: ChangesReader['read'];
  /** Joins unless that has been done. Null when there is no connection: then it is done later. */
  readonly join: (id: string) => Promise<Head | null>;
  /** There is a new connection, which has joined these. @returns whether the epoch is another one */
  readonly begin: (heads: Heads) => boolean;
  readonly leave: (id: string) => void;
  /** All that are joined, as they were then. */
  readonly heads: () => ReadonlyMap<string, Head>;
  /** Nothing is joined, and the epoch is not known. */
  readonly reset: () => void;
}

export function createRooms({ call, emit, noteGone }: Pick<Scope, 'call' | 'emit' | 'noteGone'>): Rooms {
  let joined = new Map<string, Head>();
  let epoch: string | undefined;
  const changes = createChanges({ call, noteGone }, () => epoch);
  return {
    changes: changes.read,
    epoch: () => epoch,
    heads: () => joined,
    async join(conversationId) {
      const mine = joined;
      const known = mine.get(conversationId);
      if (known) return known;
      try {
        const head = await emit('join_room', { conversationId });
        mine.set(conversationId, head);
        epoch ??= head.epoch;
        return head;
      } catch (error) {
        if (isCauserieError(error) && error.retryable) return null;
        noteGone(conversationId, error);
        throw error;
      }
    },
    begin(heads) {
      const before = epoch;
      epoch = heads.epoch;
      joined = new Map(heads.conversations.map((head) => [head.conversationId, head]));
      const isOther = before !== undefined && before !== epoch;
      if (isOther) changes.clear();
      changes.begin();
      return isOther;
    },
    leave: (id) => void joined.delete(id),
    reset() {
      joined = new Map();
      epoch = undefined;
      changes.clear();
    },
  };
}
