/** A position in the history, and the requested side of it. */
export interface MessageAnchor {
  readonly kind: 'before' | 'after' | 'around';
  readonly seq: number;
}

/** Both ends included; empty when `from` > `to`. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The range of `seq` that a window of up to `limit` messages shows of a conversation with `lastSeq` messages. `seq` has
 * no holes, so a window is a key range and needs no search. Around a position it has half a window on each side, and
 * more on the other side at an end.
 *
 * @param firstSeq the first message that the reader sees
 */
export function seqRangeAt(
  { kind, seq }: MessageAnchor,
  limit: number,
  lastSeq: number,
  firstSeq = 1,
): SeqRange {
  if (kind === 'after') {
    const from = Math.max(firstSeq, Math.min(seq, lastSeq) + 1);
    return { from, to: Math.min(from + limit - 1, lastSeq) };
  }
  const wanted = kind === 'before' ? seq - 1 : Math.max(seq + Math.ceil(limit / 2) - 1, firstSeq - 1 + limit);
  const to = Math.max(0, Math.min(wanted, lastSeq));
  return { from: Math.max(firstSeq, to - limit + 1), to };
}
