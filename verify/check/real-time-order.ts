import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** A message that was sent after any client had received another has the larger `seq`. */
export function* checkRealTimeOrder(known: StoredHistory): Generator<Violation> {
  for (const list of known.history.stored) {
    // The first tick at which any message with a larger `seq` was received.
    let firstSeen = Infinity;
    let first = -1;
    for (const index of list.toReversed()) {
      const message = known.getMessage(index);
      const begun = known.originOf(message)?.attempts[0]?.begun ?? Infinity;
      if (firstSeen < begun && begun !== Infinity) {
        yield {
          kind: 'real-time-order',
          text: `${known.nameOfMessage(index)} was sent after ${known.nameOfMessage(first)} had been received, but is stored before it`,
        };
      }
      if (message.firstSeen < firstSeen) [firstSeen, first] = [message.firstSeen, index];
    }
  }
}
