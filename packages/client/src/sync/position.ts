import type { Conversation, Message } from '../contract.ts';

/** How far a conversation's changes have been told. */
export interface Position {
  readonly rev: number;
  /** The newest message that has been told. */
  readonly seq: number;
  /** Earlier messages that have not been told, because they have changed since. */
  readonly holes: readonly number[];
  /** The membership has begun since the last connection: earlier messages are not told. */
  readonly isNew?: true;
}

/** Messages that may be missing between two, at most: a longer gap is the history before a membership. */
const HOLES = 1_000;

/** Whether the message has not been told in any state yet. */
export const isFirst = ({ seq, holes }: Position, message: Message): boolean =>
  message.seq > seq || holes.includes(message.seq);

export function noteMessage(position: Position, { rev, seq }: Message): Position {
  const gap = seq - position.seq - 1;
  const skipped =
    gap > 0 && gap <= HOLES && !position.isNew
      ? Array.from({ length: gap }, (_, index) => position.seq + 1 + index)
      : [];
  const holes = [...position.holes.filter((hole) => hole !== seq), ...skipped].slice(-HOLES);
  return { ...position, rev, seq: Math.max(position.seq, seq), holes };
}

/** A direct conversation is announced with its first message, which is told; the announcement may come after later ones. */
export function afterCreation({ type, rev, lastSeq }: Conversation): Position {
  return type === 'direct' ? { rev: 0, seq: 0, holes: [] } : { rev, seq: lastSeq, holes: [] };
}
