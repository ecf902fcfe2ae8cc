import type { Send } from '../history.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

interface Storing {
  readonly begun: number;
  readonly message: number;
}

/**
 * Messages that were sent on one connection, with or without waiting for answers, are stored in that order. This is checked
 * for attempts that are known to have stored their message: those acknowledged as new, and the only attempt of a stored
 * message.
 */
export function* checkSenderOrder(known: StoredHistory): Generator<Violation> {
  const storedContents = new Map<string, number>();
  for (const list of known.history.stored) {
    for (const index of list.toReversed()) storedContents.set(known.getMessage(index).content, index);
  }
  const connections = new Map<string, Storing[]>();
  for (const send of known.history.sends) {
    const attempt = storingAttempt(send);
    const message = storedContents.get(send.content);
    if (!attempt || attempt.connection === 0 || message === undefined) continue;
    const key = `${attempt.connection} ${send.conversation}`;
    const storings = connections.get(key);
    if (storings) storings.push({ begun: attempt.begun, message });
    else connections.set(key, [{ begun: attempt.begun, message }]);
  }
  for (const storings of connections.values()) {
    storings.sort((a, b) => a.begun - b.begun);
    for (const [place, { message }] of storings.entries()) {
      const before = storings[place - 1];
      if (before && known.rankOf(before.message) > known.rankOf(message)) {
        yield {
          kind: 'sender-order',
          text: `${known.nameOfMessage(before.message)} was sent before ${known.nameOfMessage(message)} on the same connection`,
        };
      }
    }
  }
}

function storingAttempt({ attempts }: Send) {
  return attempts.length === 1 ? attempts[0] : attempts.find(({ outcome }) => outcome === 'stored');
}
