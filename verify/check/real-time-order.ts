import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** A send begun after anybody was shown a message has the larger `seq`. */
export function* checkRealTimeOrder(known: StoredHistory): Generator<Violation> {
  for (const list of known.history.stored) {
    // The earliest shown of all that are stored behind.
    let firstSeen = Infinity;
    let first = -1;
    for (const index of list.toReversed()) {
      const message = known.message(index);
      const begun = known.originOf(message)?.attempts[0]?.begun ?? Infinity;
      if (firstSeen < begun && begun !== Infinity) {
        yield {
          kind: 'real-time-order',
          text: `${known.nameOf(index)} was begun after ${known.nameOf(first)} had been shown, and stands before it`,
        };
      }
      if (message.firstSeen < firstSeen) [firstSeen, first] = [message.firstSeen, index];
    }
  }
}
