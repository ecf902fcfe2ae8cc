/** A place in the history, and which side of it is wanted. */
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
 * The up to `limit` places that a window shows of a conversation with `lastSeq` messages. `seq` has no
 * holes, so a window is a key range and needs no search. Around a place it reaches half a window to each
 * side, and further on the other side at an end.
 */
export function seqRangeAt({ kind, seq }: MessageAnchor, limit: number, lastSeq: number): SeqRange {
  if (kind === 'after') {
    const from = Math.min(seq, lastSeq) + 1;
    return { from, to: Math.min(from + limit - 1, lastSeq) };
  }
  const wanted = kind === 'before' ? seq - 1 : Math.max(seq + Math.ceil(limit / 2) - 1, limit);
  const to = Math.max(0, Math.min(wanted, lastSeq));
  return { from: Math.max(1, to - limit + 1), to };
}
