import type { Stream } from '../history.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** A connection in a room receives `member_added` of each new member once, in the order of `rev` among the messages. */
export function* checkAdditions(known: StoredHistory): Generator<Violation> {
  for (const stream of known.history.streams) {
    if (!known.isMember(stream.client, stream.conversation)) {
      for (const _ of stream.additions)
        yield { kind: 'leak', text: `${known.nameOfClient(stream.client)} received member_added` };
      continue;
    }
    if (!known.isSound(stream.conversation)) continue;
    yield* checkReceived(known, stream);
    yield* checkMissing(known, stream);
  }
}

function* checkReceived(known: StoredHistory, stream: Stream): Generator<Violation> {
  const { conversation, messages } = stream;
  const revs = known.additionRevs[conversation] ?? [];
  const listener = nameOfListener(known, stream);
  const revAt = (place: number): number | undefined => {
    const index = messages[place];
    return index === undefined ? undefined : known.getMessage(known.storedVersionOf(index)).rev;
  };
  const received = new Set<number>();
  for (const { rev, client, after } of stream.additions) {
    const what = `member_added of ${known.nameOfClient(client)} at rev ${rev}`;
    if (!revs.includes(rev) || client !== known.addedAt(conversation, rev))
      yield { kind: 'addition-wrong', text: `${listener} received ${what}, which is wrong` };
    if (received.has(rev)) yield { kind: 'delivery-doubled', text: `${listener} received ${what} twice` };
    else if (
      known.history.nodes === 1 &&
      !((revAt(after - 1) ?? 0) < rev && rev < (revAt(after) ?? Infinity))
    )
      yield { kind: 'delivery-order', text: `${listener} received ${what} out of order` };
    received.add(rev);
  }
}

function* checkMissing(known: StoredHistory, stream: Stream): Generator<Violation> {
  const { conversation, revAtJoin, untilEnd, messages, additions } = stream;
  const several = known.history.nodes > 1;
  if (several && !untilEnd) return;
  const added = new Set(additions.map(({ rev }) => rev));
  const received = [...added, ...messages.map((index) => known.getMessage(known.storedVersionOf(index)).rev)];
  // `Math.min(...received)` could have too many arguments.
  const least = received.reduce((one, other) => Math.min(one, other), Infinity);
  const most = received.reduce((one, other) => Math.max(one, other), 0);
  const joined = revAtJoin === -1 ? Infinity : revAtJoin + 1;
  const from = several ? joined : Math.min(least, joined);
  const to = untilEnd ? Infinity : most;
  for (const rev of known.additionRevs[conversation] ?? []) {
    if (rev < from || rev > to || added.has(rev)) continue;
    yield {
      kind: 'addition-missing',
      text: `${nameOfListener(known, stream)} did not receive member_added of conversation ${conversation} at rev ${rev}`,
    };
  }
}

function nameOfListener(known: StoredHistory, { client, connection }: Stream): string {
  return `${known.nameOfClient(client)} on connection ${connection}`;
}
