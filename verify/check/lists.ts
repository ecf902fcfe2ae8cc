import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** After catching up, every member's list is the stored one, in the same order. */
export function* checkLists(known: StoredHistory): Generator<Violation> {
  for (const { client, conversation, how, messages: shown } of known.history.lists) {
    const messages = shown.map((index) => known.canonical(index));
    const stored = known.stored(conversation);
    const length = Math.max(stored.length, messages.length);
    for (let place = 0; place < length; place += 1) {
      if (stored[place] === messages[place]) continue;
      const nameAt = (list: readonly number[]): string => {
        const index = list[place];
        return index === undefined ? 'nothing' : known.nameOf(index);
      };
      yield {
        kind: 'diverging-list',
        text: `${known.nameOfClient(client)} (${how}) has ${nameAt(messages)} at place ${place + 1}, stored is ${nameAt(stored)}`,
      };
      break;
    }
  }
}
