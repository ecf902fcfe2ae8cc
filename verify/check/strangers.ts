import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** A user who is no member receives nothing of a conversation, and gets no acknowledgement. */
export function* checkStrangers(known: StoredHistory): Generator<Violation> {
  const { streams, lists, sends, leaks } = known.history;
  for (const text of leaks) yield { kind: 'leak', text };
  for (const { client, conversation, messages } of [...streams, ...lists]) {
    if (known.isMember(client, conversation)) continue;
    for (const index of messages) {
      yield {
        kind: 'leak',
        text: `${known.nameOfClient(client)}, a stranger, received ${known.nameOfMessage(index)}`,
      };
    }
  }
  for (const { sender, conversation, attempts } of sends) {
    if (known.isMember(sender, conversation)) continue;
    for (const { message } of attempts) {
      if (message === -1) continue;
      yield {
        kind: 'leak',
        text: `${known.nameOfClient(sender)}, a stranger, could send ${known.nameOfMessage(message)}`,
      };
    }
  }
}
