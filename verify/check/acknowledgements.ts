import type { Send } from '../history.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Every message that a client received is stored with the same fields, and an acknowledgement has the message that was sent. */
export function* checkAcknowledgements(known: StoredHistory): Generator<Violation> {
  const acknowledged = new Set<number>();
  for (const send of known.history.sends) {
    for (const { message } of send.attempts) {
      if (message === -1) continue;
      acknowledged.add(message);
      if (known.originOf(known.getMessage(message)) !== send) {
        yield {
          kind: 'wrong-answer',
          text: `${nameOf(known, send)} was acknowledged with ${known.nameOfMessage(message)}`,
        };
      }
    }
    if (send.attempts.filter(({ outcome }) => outcome === 'stored').length > 1) {
      yield { kind: 'acknowledged-twice', text: `${nameOf(known, send)} was acknowledged as new twice` };
    }
  }
  for (const [index, message] of known.history.messages.entries()) {
    if (known.rankOf(index) !== -1) continue;
    const stored = known.storedById.get(message.id);
    if (stored !== undefined) {
      yield {
        kind: 'altered',
        text: `${known.nameOfMessage(index)} was received with other fields than ${known.nameOfMessage(stored)} is stored with`,
      };
    } else if (acknowledged.has(index)) {
      yield { kind: 'lost', text: `${known.nameOfMessage(index)} was acknowledged but is not stored` };
    } else {
      yield { kind: 'phantom', text: `${known.nameOfMessage(index)} was received but is not stored` };
    }
  }
}

function nameOf(known: StoredHistory, { sender, clientMessageId, content }: Send): string {
  return `send ${clientMessageId ?? content} of ${known.nameOfClient(sender)}`;
}
