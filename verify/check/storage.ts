import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Every stored message was sent by a member and is stored once; `seq` and `rev` have no holes. */
export function* checkStorage(known: StoredHistory): Generator<Violation> {
  for (const [conversation, list] of known.history.stored.entries()) {
    const contents = new Set<string>();
    const ids = new Set<string>();
    let last = { seq: 0, rev: 0 };
    for (const index of list) {
      const message = known.getMessage(index);
      if (contents.has(message.content) || ids.has(message.id)) {
        yield { kind: 'doubled', text: `${known.nameOfMessage(index)} is stored a second time` };
      }
      contents.add(message.content);
      ids.add(message.id);
      const origin = originProblem(known, index);
      if (origin) yield { kind: 'foreign', text: `${known.nameOfMessage(index)} ${origin}` };
      if (message.seq !== last.seq + 1) {
        yield { kind: 'hole', text: `${known.nameOfMessage(index)} follows seq ${last.seq}` };
      }
      if (message.rev <= last.rev) {
        yield { kind: 'rev', text: `${known.nameOfMessage(index)} has rev ${message.rev} after ${last.rev}` };
      }
      last = message;
    }
    yield* checkEnd(known, conversation, last);
  }
}

/** The head is that of the last message, and every `rev` that no message has is that of an addition. */
function* checkEnd(
  known: StoredHistory,
  conversation: number,
  last: { seq: number; rev: number },
): Generator<Violation> {
  const end = known.history.ends[conversation];
  if (!end) return;
  const additions = known.history.additions.filter((addition) => addition.conversation === conversation);
  if (end.lastSeq !== last.seq || end.rev - end.lastSeq !== additions.length) {
    const text = `conversation ${conversation} has seq ${end.lastSeq}, rev ${end.rev} after messages up to seq ${last.seq} and ${additions.length} additions`;
    yield { kind: 'rev', text };
  }
}

function originProblem(known: StoredHistory, index: number): string | undefined {
  const message = known.getMessage(index);
  const send = known.originOf(message);
  if (!send) return 'was never sent with these fields';
  if (!known.isMember(send.sender, send.conversation)) return 'was sent by a stranger';
  if (send.attempts.every(({ outcome }) => outcome === 'refused')) return 'is stored although it was refused';
  return undefined;
}
