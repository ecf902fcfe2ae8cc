import type { Listener } from './listener.ts';
import type { OpenMark } from './recorder.ts';
import type { WireRead } from './wire.ts';

/** Sends `mark_read` over the socket and records it. Without an answer it may have been processed or not. */
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
  const answer = await socket.emitWithAck('mark_read', { conversationId, seq });
  if (answer.kind === 'ok') {
    const { lastReadSeq, unreadCount } = answer.data as WireRead & { readonly unreadCount: number };
    mark.ended = recorder.tick();
    mark.lastReadSeq = lastReadSeq;
    const lastSeq = lastReadSeq + unreadCount;
    overview.recordHead('mark_read', { conversationId, lastSeq, rev: -1, lastReadSeq, unreadCount }, begun);
  } else if (answer.kind === 'error' && answer.error.statusCode !== 429 && answer.error.statusCode !== 503) {
    recorder.unexpectedAnswers.push(
      `${account.name}: mark_read: ${answer.error.code} ${answer.error.message}`,
    );
  } else if (answer.kind === 'timeout') {
    recorder.unexpectedAnswers.push(`${account.name}: mark_read was not acknowledged on an open connection`);
  }
}
