import type { Mark, Stream } from '../history.ts';
import { ReadPlaces } from './read-places.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Who stays in a room hears how far each `mark_read` came that moved a position, or a later one; and nothing else. */
export function* checkReadReceipts(known: StoredHistory): Generator<Violation> {
  const marks = Map.groupBy(known.history.marks, ({ conversation }) => conversation);
  const moved = movedMarks(known);
  for (const stream of known.history.streams) {
    if (!known.isMember(stream.client, stream.conversation) || !known.isSound(stream.conversation)) continue;
    const listener = `${known.nameOfClient(stream.client)} on connection ${stream.connection}`;
    for (const { client, lastReadSeq } of stream.reads) {
      if (
        marks.get(stream.conversation)?.some((mark) => mark.client === client && mayTell(mark, lastReadSeq))
      )
        continue;
      yield {
        kind: 'read-wrong',
        text: `${listener} heard that ${known.nameOfClient(client)} had read conversation ${stream.conversation} to ${lastReadSeq}`,
      };
    }
    if (stream.untilEnd) yield* checkMissing(known, stream, moved.get(stream.conversation) ?? [], listener);
  }
}

function* checkMissing(
  known: StoredHistory,
  { joined, reads, conversation }: Stream,
  moved: readonly Mark[],
  listener: string,
): Generator<Violation> {
  const heard = new Map<number, number>();
  for (const { client, lastReadSeq } of reads)
    heard.set(client, Math.max(heard.get(client) ?? 0, lastReadSeq));
  const wanted = new Map<number, number>();
  for (const { client, begun, lastReadSeq } of moved) {
    if (begun > joined) wanted.set(client, Math.max(wanted.get(client) ?? 0, lastReadSeq));
  }
  for (const [client, seq] of wanted) {
    if ((heard.get(client) ?? 0) >= seq) continue;
    yield {
      kind: 'read-missing',
      text: `${listener} did not hear that ${known.nameOfClient(client)} had read conversation ${conversation} to ${seq}`,
    };
  }
}

/** Of those acknowledged, the ones before which the position cannot have been there yet: a member does one thing at a time. */
function movedMarks(known: StoredHistory): Map<number, Mark[]> {
  const places = new ReadPlaces(known);
  const moved = known.history.marks.filter(
    ({ client, conversation, begun, ended, lastReadSeq }) =>
      ended !== Infinity && lastReadSeq > places.of(client, conversation, begun, begun).most,
  );
  return Map.groupBy(moved, ({ conversation }) => conversation);
}

function mayTell({ seq, ended, lastReadSeq }: Mark, told: number): boolean {
  return told === (ended === Infinity ? seq : lastReadSeq);
}
