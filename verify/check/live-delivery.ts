import type { Stream } from '../history.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/**
 * A connection in a room receives every message once, in order. Between several nodes the order is not promised: a message
 * that an ended connection did not receive may have been in flight.
 */
export function* checkLiveDelivery(known: StoredHistory): Generator<Violation> {
  for (const stream of known.history.streams) {
    if (known.isMember(stream.client, stream.conversation)) yield* checkStream(known, stream);
  }
}

function* checkStream(known: StoredHistory, stream: Stream): Generator<Violation> {
  const listener = `${known.nameOfClient(stream.client)} on connection ${stream.connection}`;
  const received = new Set<number>();
  let last = -1;
  let least = Infinity;
  for (const index of stream.messages) {
    const rank = known.rankOf(known.storedVersionOf(index));
    if (rank === -1) continue; // Another rule reports messages that are not stored.
    if (received.has(rank)) {
      yield { kind: 'delivery-doubled', text: `${listener} received ${known.nameOfMessage(index)} twice` };
      continue;
    }
    received.add(rank);
    if (rank < last && known.history.nodes === 1) {
      yield {
        kind: 'delivery-order',
        text: `${listener} received ${known.nameOfMessage(index)} after a later one`,
      };
    }
    last = Math.max(last, rank);
    least = Math.min(least, rank);
  }
  const stored = known.storedMessagesOf(stream.conversation);
  if (known.history.nodes > 1 && !stream.untilEnd) return;
  const joined = firstAfterJoin(known, stream);
  const from = known.history.nodes > 1 ? joined : Math.min(least, joined);
  const to = stream.untilEnd ? stored.length - 1 : last;
  const missing = stored
    .slice(Math.min(from, to + 1), to + 1)
    .filter((_, place) => !received.has(from + place));
  if (missing[0] !== undefined) {
    const count = missing.length > 1 ? `, and ${missing.length - 1} more` : '';
    yield {
      kind: 'delivery-missing',
      text: `${listener} did not receive ${known.nameOfMessage(missing[0])}${count}`,
    };
  }
}

/** @returns the position of the first message after the `lastSeq` in the answer to the join */
function firstAfterJoin(known: StoredHistory, { conversation, lastSeqAtJoin }: Stream): number {
  if (lastSeqAtJoin === -1) return Infinity;
  const stored = known.storedMessagesOf(conversation);
  const place = stored.findIndex((index) => known.getMessage(index).seq > lastSeqAtJoin);
  return place === -1 ? stored.length : place;
}
