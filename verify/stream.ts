import type { OpenStream, Recorder } from './recorder.ts';
import type { WireAddition, WireMessage, WireRead } from './wire.ts';

/** Opens the record of what a connection receives from a room that it starts to join. */
export function openStream(client: number, conversation: number, connection: number): OpenStream {
  return {
    client,
    conversation,
    connection,
    lastSeqAtJoin: -1,
    revAtJoin: -1,
    joined: Infinity,
    untilEnd: false,
    messages: [],
    additions: [],
    reads: [],
  };
}

export function recordEvent(stream: OpenStream, recorder: Recorder, event: string, payload: unknown): void {
  if (event === 'new_message') stream.messages.push(recorder.recordMessage(payload as WireMessage));
  if (event === 'member_added') {
    const { rev, member } = payload as WireAddition;
    stream.additions.push({
      rev,
      client: recorder.indexOfClient(member.userId),
      after: stream.messages.length,
    });
  }
  if (event === 'message_read') {
    const { userId, lastReadSeq } = payload as WireRead;
    stream.reads.push({ client: recorder.indexOfClient(userId), lastReadSeq });
  }
}
