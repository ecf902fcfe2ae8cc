import type { Changes, ListSeveralChanges, SeveralChanges, SeveralChangesItem } from '../contract.ts';
import type { Chat } from './chat.ts';
import { refuse, refuseField } from './refusal.ts';
import type { Account, StoredConversation } from './state.ts';

/** Conversations in a request, and messages and events in an answer, at most. */
const CONVERSATIONS = 50;
const ROWS = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is asked for of one conversation. */
export interface ChangesQuery {
  readonly since?: number | undefined;
  readonly epoch?: string | undefined;
  readonly limit?: number | undefined;
  readonly events?: 'true' | 'false' | undefined;
  readonly reads?: 'true' | 'false' | undefined;
}

/** What has changed in a conversation, up to a `rev`. */
type ChangesOf = (
  conversation: StoredConversation,
  user: Account,
  query: ChangesQuery,
  upTo: number,
) => Changes;

/** The changes of several conversations, which share one page. */
export function severalChanges(chat: Chat, changesOf: ChangesOf) {
  return (user: Account, { since, epoch = chat.state.epoch }: ListSeveralChanges): SeveralChanges => {
    const known = knownOf(since);
    if (epoch !== chat.state.epoch) refuse('CURSOR_INVALID');
    /** Rows that are left of the page, and changes that may still be looked for. */
    let [rows, numbers] = [ROWS, ROWS + 1];
    let isEmpty = true;

    function changes(id: string, from: number): SeveralChangesItem {
      const conversation = find(chat, id, user);
      if (!conversation) return { id, gone: true };
      const { rev } = conversation;
      if (from > rev) return { id, code: 'CURSOR_INVALID' };
      const isFirst = numbers === ROWS + 1;
      const upTo = isFirst ? rev : Math.min(rev, from + numbers);
      numbers = Math.max(0, numbers - (rev - from));
      const isRead = isEmpty || rev === from || (rows > 0 && upTo > from);
      if (!isRead) return { id, rev: from, hasMore: true };
      const query = { since: from, limit: rows, events: 'true' } as const;
      const { epoch: _, ...page } = changesOf(conversation, user, query, upTo);
      isEmpty = false;
      rows = page.hasMore ? 0 : rows - page.data.length - (page.events?.length ?? 0);
      return { id, ...page };
    }

    return { data: [...known].map(([id, from]) => changes(id, from)), epoch };
  };
}

/** An id that is spelt in two ways is one conversation, with the lower number. */
function knownOf(since: unknown): Map<string, number> {
  const known = new Map<string, number>();
  if (since !== Object(since) || Array.isArray(since)) refuseField('since', 'Is no object.');
  const given = Object.entries(since as object);
  if (given.length > CONVERSATIONS) refuseField('since', 'Has too many entries.');
  for (const [spelt, rev] of given) {
    if (!UUID.test(spelt)) refuseField(`since.${spelt}`, 'Is no UUID.');
    if (!Number.isSafeInteger(rev) || rev < 0) refuseField(`since.${spelt}`, 'Is out of bounds.');
    const id = spelt.toLowerCase();
    known.set(id, Math.min(rev, known.get(id) ?? rev));
  }
  return known;
}

/** Null when it is not there for the user. */
function find(chat: Chat, id: string, user: Account): StoredConversation | null {
  try {
    return chat.open(id, user);
  } catch {
    return null;
  }
}
