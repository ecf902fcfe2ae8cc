import type { Listener } from './listener.ts';
import type { OpenMark } from './recorder.ts';
import type { WireRead } from './wire.ts';

/** Says over the socket how far the client has read. Without an answer it may be so or not. */
export async function markRead(
  { client, account, recorder, socket, overview }: Listener,
  conversation: number,
  conversationId: string,
  seq: number,
): Promise<void> {
  if (socket.connection === 0) return;
  const begun = recorder.tick();
  const mark: OpenMark = { client, conversation, seq, begun, ended: Infinity, lastReadSeq: -1 };
  recorder.marks.push(mark);
  const answer = await socket.ask('mark_read', { conversationId, seq });
  if (answer.kind === 'ok') {
    const { lastReadSeq, unreadCount } = answer.data as WireRead & { readonly unreadCount: number };
    mark.ended = recorder.tick();
    mark.lastReadSeq = lastReadSeq;
    const lastSeq = lastReadSeq + unreadCount;
    overview.noteHead('mark_read', { conversationId, lastSeq, rev: -1, lastReadSeq, unreadCount }, begun);
  } else if (answer.kind === 'error' && answer.error.statusCode !== 429 && answer.error.statusCode !== 503) {
    recorder.oddities.push(`${account.name}: mark_read: ${answer.error.code} ${answer.error.message}`);
  } else if (answer.kind === 'silent') {
    recorder.oddities.push(`${account.name}: mark_read was not acknowledged on a living connection`);
  }
}
