import type { OpenStream, Recorder } from './recorder.ts';
import type { WireAddition, WireMessage, WireRead } from './wire.ts';

/** What a connection hears of a room that it asks to join just now. */
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

export function hearInto(stream: OpenStream, recorder: Recorder, event: string, payload: unknown): void {
  if (event === 'new_message') stream.messages.push(recorder.see(payload as WireMessage));
  if (event === 'member_added') {
    const { rev, member } = payload as WireAddition;
    stream.additions.push({ rev, client: recorder.client(member.userId), after: stream.messages.length });
  }
  if (event === 'message_read') {
    const { userId, lastReadSeq } = payload as WireRead;
    stream.reads.push({ client: recorder.client(userId), lastReadSeq });
  }
}
