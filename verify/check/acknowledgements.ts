import type { Send } from '../history.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** What anybody was shown is stored exactly so, and an acknowledgement shows the message it is for. */
export function* checkAcknowledgements(known: StoredHistory): Generator<Violation> {
  const acknowledged = new Set<number>();
  for (const send of known.history.sends) {
    for (const { message } of send.attempts) {
      if (message === -1) continue;
      acknowledged.add(message);
      if (known.originOf(known.message(message)) !== send) {
        yield {
          kind: 'wrong-answer',
          text: `${nameOf(known, send)} was answered with ${known.nameOf(message)}`,
        };
      }
    }
    if (send.attempts.filter(({ outcome }) => outcome === 'stored').length > 1) {
      yield { kind: 'acknowledged-twice', text: `${nameOf(known, send)} was twice acknowledged as new` };
    }
  }
  for (const [index, message] of known.history.messages.entries()) {
    if (known.rankOf(index) !== -1) continue;
    const stored = known.storedById.get(message.id);
    if (stored !== undefined) {
      yield {
        kind: 'altered',
        text: `${known.nameOf(index)} was shown other than ${known.nameOf(stored)} is stored`,
      };
    } else if (acknowledged.has(index)) {
      yield { kind: 'lost', text: `${known.nameOf(index)} was acknowledged and is not stored` };
    } else {
      yield { kind: 'phantom', text: `${known.nameOf(index)} was shown and is not stored` };
    }
  }
}

function nameOf(known: StoredHistory, { sender, clientMessageId, content }: Send): string {
  return `send ${clientMessageId ?? content} of ${known.nameOfClient(sender)}`;
}
