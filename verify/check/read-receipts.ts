import type { Mark, Stream } from '../history.ts';
import { ReadPositions } from './read-positions.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/**
 * A connection that stays in a room receives `message_read` of each `mark_read` that advanced a position, or of a later one.
 * It receives no other positions.
 */
export function* checkReadReceipts(known: StoredHistory): Generator<Violation> {
  const positions = new ReadPositions(known);
  const marked = Map.groupBy(known.history.marks, keyOf);
  const allowed = new Map([...marked].map(([key, marks]) => [key, new AllowedPositions(marks)]));
  const moved = movedMarks(known, positions);
  for (const stream of known.history.streams) {
    const { conversation } = stream;
    if (!known.isMember(stream.client, conversation) || !known.isSound(conversation)) continue;
    const listener = `${known.nameOfClient(stream.client)} on connection ${stream.connection}`;
    for (const { client, lastReadSeq } of stream.reads) {
      const { most } = positions.boundsOf(client, conversation, Infinity, Infinity);
      if (allowed.get(keyOf({ client, conversation }))?.includes(lastReadSeq, most)) continue;
      yield {
        kind: 'read-wrong',
        text: `${listener} received that ${known.nameOfClient(client)} had read conversation ${conversation} up to ${lastReadSeq}`,
      };
    }
    if (stream.untilEnd) yield* checkMissing(known, stream, moved.get(conversation) ?? [], listener);
  }
}

/** The read positions of one member that a room may receive. */
class AllowedPositions {
  private readonly acknowledged: ReadonlySet<number>;
  /** The smallest `seq` of the marks without an answer. */
  private readonly unknown: number;

  constructor(marks: readonly Mark[]) {
    const [known, unknown] = [marks.filter(isAcknowledged), marks.filter((mark) => !isAcknowledged(mark))];
    this.acknowledged = new Set(known.map(({ lastReadSeq }) => lastReadSeq));
    this.unknown = unknown.reduce((least, { seq }) => Math.min(least, seq), Infinity);
  }

  /**
   * After a lost commit of a mark the server looks up the position later, when sending may have advanced it.
   * @param most upper bound of the member's position
   */
  includes(position: number, most: number): boolean {
    return this.acknowledged.has(position) || (this.unknown <= position && position <= most);
  }
}

function* checkMissing(
  known: StoredHistory,
  { joined, reads, conversation }: Stream,
  moved: readonly Mark[],
  listener: string,
): Generator<Violation> {
  const received = new Map<number, number>();
  for (const { client, lastReadSeq } of reads)
    received.set(client, Math.max(received.get(client) ?? 0, lastReadSeq));
  const wanted = new Map<number, number>();
  for (const { client, begun, lastReadSeq } of moved) {
    if (begun > joined) wanted.set(client, Math.max(wanted.get(client) ?? 0, lastReadSeq));
  }
  for (const [client, seq] of wanted) {
    if ((received.get(client) ?? 0) >= seq) continue;
    yield {
      kind: 'read-missing',
      text: `${listener} did not receive that ${known.nameOfClient(client)} had read conversation ${conversation} up to ${seq}`,
    };
  }
}

/** @returns the acknowledged marks that advanced a position for certain; a member does one thing at a time */
function movedMarks(known: StoredHistory, positions: ReadPositions): Map<number, Mark[]> {
  const moved = known.history.marks.filter(
    (mark) =>
      isAcknowledged(mark) &&
      mark.lastReadSeq > positions.boundsOf(mark.client, mark.conversation, mark.begun, mark.begun).most,
  );
  return Map.groupBy(moved, ({ conversation }) => conversation);
}

function isAcknowledged({ ended }: Mark): boolean {
  return ended !== Infinity;
}

function keyOf({ client, conversation }: { readonly client: number; readonly conversation: number }): string {
  return `${client} ${conversation}`;
}
