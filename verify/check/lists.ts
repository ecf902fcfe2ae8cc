import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** After catching up, every client's list is equal to the stored one, in the same order. */
export function* checkLists(known: StoredHistory): Generator<Violation> {
  for (const { client, conversation, how, messages: listed } of known.history.lists) {
    const messages = listed.map((index) => known.storedVersionOf(index));
    const stored = known.storedMessagesOf(conversation);
    const length = Math.max(stored.length, messages.length);
    for (let place = 0; place < length; place += 1) {
      if (stored[place] === messages[place]) continue;
      const nameAt = (list: readonly number[]): string => {
        const index = list[place];
        return index === undefined ? 'nothing' : known.nameOfMessage(index);
      };
      yield {
        kind: 'diverging-list',
        text: `${known.nameOfClient(client)} (${how}) has ${nameAt(messages)} at position ${place + 1}, where ${nameAt(stored)} is stored`,
      };
      break;
    }
  }
}
