import type { Mark, Stream } from '../history.ts';
import { ReadPlaces } from './read-places.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Who stays in a room hears how far each `mark_read` came that moved a position, or a later one; and nothing else. */
export function* checkReadReceipts(known: StoredHistory): Generator<Violation> {
  const places = new ReadPlaces(known);
  const marked = Map.groupBy(known.history.marks, keyOf);
  const tellable = new Map([...marked].map(([key, marks]) => [key, new Tellable(marks)]));
  const moved = movedMarks(known, places);
  for (const stream of known.history.streams) {
    const { conversation } = stream;
    if (!known.isMember(stream.client, conversation) || !known.isSound(conversation)) continue;
    const listener = `${known.nameOfClient(stream.client)} on connection ${stream.connection}`;
    for (const { client, lastReadSeq } of stream.reads) {
      const { most } = places.of(client, conversation, Infinity, Infinity);
      if (tellable.get(keyOf({ client, conversation }))?.includes(lastReadSeq, most)) continue;
      yield {
        kind: 'read-wrong',
        text: `${listener} heard that ${known.nameOfClient(client)} had read conversation ${conversation} to ${lastReadSeq}`,
      };
    }
    if (stream.untilEnd) yield* checkMissing(known, stream, moved.get(conversation) ?? [], listener);
  }
}

/** What a room may be told of one member's marks. */
class Tellable {
  private readonly acknowledged: ReadonlySet<number>;
  /** The least of the marks whose answer was lost. */
  private readonly unknown: number;

  constructor(marks: readonly Mark[]) {
    const [known, unknown] = [marks.filter(isAcknowledged), marks.filter((mark) => !isAcknowledged(mark))];
    this.acknowledged = new Set(known.map(({ lastReadSeq }) => lastReadSeq));
    this.unknown = unknown.reduce((least, { seq }) => Math.min(least, seq), Infinity);
  }

  /**
   * Of a mark whose answer was lost the server finds out later where the position is, which may have been moved on by
   * sending meanwhile.
   * @param most how far the member has ever come
   */
  includes(told: number, most: number): boolean {
    return this.acknowledged.has(told) || (this.unknown <= told && told <= most);
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
function movedMarks(known: StoredHistory, places: ReadPlaces): Map<number, Mark[]> {
  const moved = known.history.marks.filter(
    (mark) =>
      isAcknowledged(mark) &&
      mark.lastReadSeq > places.of(mark.client, mark.conversation, mark.begun, mark.begun).most,
  );
  return Map.groupBy(moved, ({ conversation }) => conversation);
}

function isAcknowledged({ ended }: Mark): boolean {
  return ended !== Infinity;
}

function keyOf({ client, conversation }: { readonly client: number; readonly conversation: number }): string {
  return `${client} ${conversation}`;
}
