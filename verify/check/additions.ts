import type { Stream } from '../history.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** While joined, a connection hears of each new member once, in the order of `rev` among the messages. */
export function* checkAdditions(known: StoredHistory): Generator<Violation> {
  for (const stream of known.history.streams) {
    if (!known.isMember(stream.client, stream.conversation)) {
      for (const _ of stream.additions)
        yield { kind: 'leak', text: `${known.nameOfClient(stream.client)} heard of a new member` };
      continue;
    }
    if (!known.isSound(stream.conversation)) continue;
    yield* checkWhatIsHeard(known, stream);
    yield* checkWhatIsMissing(known, stream);
  }
}

function* checkWhatIsHeard(known: StoredHistory, stream: Stream): Generator<Violation> {
  const { conversation, messages } = stream;
  const revs = known.additionRevs[conversation] ?? [];
  const listener = nameOfListener(known, stream);
  const revAt = (place: number): number | undefined => {
    const index = messages[place];
    return index === undefined ? undefined : known.message(known.canonical(index)).rev;
  };
  const heard = new Set<number>();
  for (const { rev, client, after } of stream.additions) {
    const what = `${known.nameOfClient(client)} added at rev ${rev}`;
    if (!revs.includes(rev) || client !== known.addedAt(conversation, rev))
      yield { kind: 'addition-wrong', text: `${listener} heard of ${what}, which is not so` };
    if (heard.has(rev)) yield { kind: 'delivery-doubled', text: `${listener} heard of ${what} twice` };
    else if (
      known.history.nodes === 1 &&
      !((revAt(after - 1) ?? 0) < rev && rev < (revAt(after) ?? Infinity))
    )
      yield { kind: 'delivery-order', text: `${listener} heard of ${what} out of turn` };
    heard.add(rev);
  }
}

function* checkWhatIsMissing(known: StoredHistory, stream: Stream): Generator<Violation> {
  const { conversation, revAtJoin, untilEnd, messages, additions } = stream;
  const several = known.history.nodes > 1;
  if (several && !untilEnd) return;
  const told = new Set(additions.map(({ rev }) => rev));
  const heard = [...told, ...messages.map((index) => known.message(known.canonical(index)).rev)];
  // Not spread: there may be too many for arguments.
  const least = heard.reduce((one, other) => Math.min(one, other), Infinity);
  const most = heard.reduce((one, other) => Math.max(one, other), 0);
  const joined = revAtJoin === -1 ? Infinity : revAtJoin + 1;
  const from = several ? joined : Math.min(least, joined);
  const to = untilEnd ? Infinity : most;
  for (const rev of known.additionRevs[conversation] ?? []) {
    if (rev < from || rev > to || told.has(rev)) continue;
    yield {
      kind: 'addition-missing',
      text: `${nameOfListener(known, stream)} did not hear of the member added to conversation ${conversation} at rev ${rev}`,
    };
  }
}

function nameOfListener(known: StoredHistory, { client, connection }: Stream): string {
  return `${known.nameOfClient(client)} on connection ${connection}`;
}
