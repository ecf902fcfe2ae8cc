import type { Verification } from '../api/conversation.ts';
import type { Message } from '../contract.ts';
import { lastOf, type MergeState } from '../merge/merge-state.ts';
import type { Scope } from '../sync/scope.ts';

/** Messages in a request, at most. */
const PAGE = 100;

/** Reads again what is held, and compares. */
export async function verify(
  id: string,
  { request }: Pick<Scope, 'request'>,
  held: MergeState,
): Promise<Verification> {
  const stored = new Map<number, Message>();
  for (let after = held.first - 1; after < lastOf(held); after += PAGE) {
    const query = { after, limit: PAGE };
    const { data } = await request('GET /chat/conversations/:id/messages/window', id, { query });
    for (const message of data) if (message.seq <= lastOf(held)) stored.set(message.seq, message);
  }
  const seqs = held.rows.map(({ message }) => message.seq);
  return {
    missing: [...stored.keys()].filter((seq) => !seqs.includes(seq)),
    doubled: seqs.filter((seq, index) => seqs.indexOf(seq) !== index),
    different: held.rows
      .filter(({ message }) => textOf(stored.get(message.seq)) !== textOf(message))
      .map(({ message }) => message.seq),
  };
}

/** Without what is as it was when the message was read. */
function textOf(message: Partial<Message> = {}): string {
  const fields = Object.entries({ ...message, replyTo: null, sender: null, prevRev: null });
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(fields);
}
