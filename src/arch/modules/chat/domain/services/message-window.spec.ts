import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MessageAnchor, seqRangeAt } from './message-window.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** The contents of a window, determined by checking every message. */
function naively({ kind, seq }: MessageAnchor, limit: number, all: readonly number[]): readonly number[] {
  if (kind === 'before') return all.filter((one) => one < seq).slice(-limit);
  if (kind === 'after') return all.filter((one) => one > seq).slice(0, limit);
  const older = all.filter((one) => one < seq).toReversed();
  const newer = all.filter((one) => one >= seq);
  const shown: number[] = newer.splice(0, 1);
  for (let side = older; shown.length < limit && older.length + newer.length > 0;) {
    const next = side.shift();
    if (next !== undefined) shown.push(next);
    side = side === older ? newer : older;
    if (side.length === 0) side = side === older ? newer : older;
  }
  return shown.toSorted((a, b) => a - b);
}

/** The number of places in a range, bounded for ranges that cannot be requested. */
function membersOf({ from, to }: { from: number; to: number }): number[] {
  return from > to ? [] : upTo(to - from + 1).map((step) => from + step - 1);
}

const cases = upTo(14).flatMap((count) =>
  upTo(16).flatMap((limit) =>
    upTo(20).flatMap((place) =>
      (['before', 'after', 'around'] as const).map((kind) => ({
        anchor: { kind, seq: place - 1 },
        limit,
        lastSeq: count - 1,
      })),
    ),
  ),
);

describe('every window of a small conversation', () => {
  const windows = cases.map((one) => ({
    ...one,
    shown: membersOf(seqRangeAt(one.anchor, one.limit, one.lastSeq)),
  }));

  it('shows what looking at every message would show', () => {
    const wrong = windows.filter(
      ({ anchor, limit, lastSeq, shown }) => !isDeepStrictEqual(shown, naively(anchor, limit, upTo(lastSeq))),
    );
    expect(wrong).toEqual([]);
  });

  it('is within the conversation and as long as it can be', () => {
    const wrong = windows.filter(({ anchor: { kind, seq }, limit, lastSeq, shown }) => {
      const candidates = { before: seq - 1, after: lastSeq - seq, around: lastSeq }[kind];
      const length = Math.max(0, Math.min(limit, candidates, lastSeq));
      return shown.length !== length || shown.some((one) => one < 1 || one > lastSeq);
    });
    expect(wrong).toEqual([]);
  });

  it('ends at or after 0 and begins at or after 1, also when it is empty', () => {
    const ranges = cases.map(({ anchor, limit, lastSeq }) => seqRangeAt(anchor, limit, lastSeq));
    expect(ranges.filter(({ from, to }) => from < 1 || to < 0)).toEqual([]);
  });

  it('around a message contains it, with half a window on each side when there is', () => {
    const around = windows.filter(
      ({ anchor: { kind, seq }, lastSeq }) => kind === 'around' && seq >= 1 && seq <= lastSeq,
    );
    const wrong = around.filter(({ anchor: { seq }, lastSeq, shown }) => {
      const older = shown.indexOf(seq);
      const newer = shown.length - 1 - older;
      const touchesAnEnd = shown[0] === 1 || shown.at(-1) === lastSeq;
      return older === -1 || (!touchesAnEnd && Math.abs(older - newer) > 1);
    });
    expect(around.length).toBeGreaterThan(1_000);
    expect(wrong).toEqual([]);
  });
});

describe('a window anchored far away', () => {
  const FAR = Number.MAX_SAFE_INTEGER;
  it.each([
    ['before', { from: 91, to: 100 }],
    ['after', { from: 101, to: 100 }],
    ['around', { from: 91, to: 100 }],
  ] as const)('%s', (kind, range) => {
    expect(seqRangeAt({ kind, seq: FAR }, 10, 100)).toEqual(range);
  });
});

describe('windows of a conversation of any length', () => {
  /** The contract's `limit` is at most 100. */
  const conversation = fc
    .record({ limit: fc.integer({ min: 1, max: 100 }), lastSeq: fc.nat(2 ** 40) })
    .chain(({ limit, lastSeq }) =>
      fc.record({
        limit: fc.constant(limit),
        lastSeq: fc.constant(lastSeq),
        seq: fc.oneof(fc.nat(lastSeq), fc.maxSafeNat()),
      }),
    );

  it('before and after a place meet there: nothing is left out, nothing shown twice', () => {
    fc.assert(
      fc.property(conversation, ({ limit, lastSeq, seq }) => {
        const before = seqRangeAt({ kind: 'before', seq }, limit, lastSeq);
        const after = seqRangeAt({ kind: 'after', seq }, limit, lastSeq);
        expect(before.to).toBe(Math.max(0, Math.min(seq - 1, lastSeq)));
        expect(after.from).toBe(Math.min(seq, lastSeq) + 1);
        for (const { from, to } of [before, after]) {
          expect(to - from + 1).toBeLessThanOrEqual(limit);
          expect(from).toBeGreaterThanOrEqual(1);
          expect(to).toBeLessThanOrEqual(lastSeq);
        }
      }),
    );
  });

  it('walking from any place to both ends shows every message once', () => {
    const short = fc.record({
      lastSeq: fc.nat(400),
      seq: fc.nat(500),
      limit: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(short, ({ lastSeq, seq, limit }) => {
        const around = seqRangeAt({ kind: 'around', seq }, limit, lastSeq);
        const shown = membersOf(around);
        expect(shown).toHaveLength(Math.min(limit, lastSeq));
        for (let to = around.from; to > 1;) {
          const older = membersOf(seqRangeAt({ kind: 'before', seq: to }, limit, lastSeq));
          expect(older.at(-1)).toBe(to - 1);
          shown.unshift(...older);
          to = Math.min(...older);
        }
        for (let from = around.to; from < lastSeq;) {
          const newer = membersOf(seqRangeAt({ kind: 'after', seq: from }, limit, lastSeq));
          expect(newer[0]).toBe(from + 1);
          shown.push(...newer);
          from = Math.max(...newer);
        }
        expect(shown).toEqual(upTo(lastSeq));
      }),
    );
  });
});

it('a reader who sees the history from a message on is shown what a conversation without the earlier ones would show', () => {
  for (const { anchor, limit, lastSeq } of cases) {
    for (const hidden of [1, 4, lastSeq]) {
      const shown = membersOf(seqRangeAt(anchor, limit, lastSeq, hidden + 1));
      const visible = upTo(lastSeq).filter((seq) => seq > hidden);
      expect({ anchor, limit, lastSeq, hidden, shown }).toEqual({
        anchor,
        limit,
        lastSeq,
        hidden,
        shown: naively(anchor, limit, visible),
      });
    }
  }
});
