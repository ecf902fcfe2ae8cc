import { beforeEach, describe, expect, it } from 'vitest';
import { HiddenHistory } from './hidden-history.js';

const SHOWN = 9;

let hidden: HiddenHistory;
beforeEach(() => {
  hidden = new HiddenHistory();
});

/** Those that are not told of a change of the message. */
const hiddenFrom = (seq: number, rev: number, prevRev?: number) => {
  const change = { rev, seq, ...(prevRev !== undefined && { prevRev }) };
  return [...(hidden.exceptionsTo('message_updated', change)?.hiddenFrom ?? [])];
};
/** What those are told who are told something else. */
const adjusted = (payload: { rev: number; prevRev?: number; seq?: number }, replyToSeq?: number) => {
  const change = { ...payload, ...(replyToSeq !== undefined && { replyToSeq }) };
  const { adjusted: shown = new Map() } = hidden.exceptionsTo('new_message', change) ?? {};
  return Object.fromEntries([...shown].map(([socketId, adjust]) => [socketId, adjust(payload)]));
};

describe('messages', () => {
  it('are hidden from sockets that may not see them', () => {
    expect(hidden.exceptionsTo('new_message', { rev: 1, seq: 1 })).toBeUndefined();
    hidden.hideBefore('new', 0, 5);
    hidden.hideBefore('newest', 0, 8);
    hidden.hideBefore('old', 0, 1);
    expect([4, 5, 7, 8].map((seq) => hiddenFrom(seq, seq))).toEqual([
      ['new', 'newest'],
      ['newest'],
      ['newest'],
      [],
    ]);
  });

  it('are hidden no longer from a socket that joins again and may see them, or has left', () => {
    for (const socket of ['left', 'again']) hidden.hideBefore(socket, 0, 5);
    hidden.forgetSocket('left');
    hidden.hideBefore('again', 1);
    expect(hidden.exceptionsTo('new_message', { rev: 1, seq: 1 })).toBeUndefined();
  });

  it('stay hidden when an earlier reading of the membership comes late, and when one of the same change shows more', () => {
    hidden.hideBefore('cleared', 7, 5);
    hidden.hideBefore('cleared', 6);
    hidden.hideBefore('cleared', 7, 2);
    expect([hiddenFrom(4, 8), hiddenFrom(5, 9)]).toEqual([['cleared'], []]);
    hidden.hideBefore('cleared', 8, 2);
    expect([hiddenFrom(1, 10), hiddenFrom(4, 11)]).toEqual([['cleared'], []]);
  });

  it('are hidden by numbers of another epoch until the membership is read in that one', () => {
    hidden.hideBefore('socket', 7, 5);
    hidden.forgetRevs();
    expect(hiddenFrom(4, 1)).toEqual(['socket']);
    hidden.hideBefore('socket', 1);
    expect(hiddenFrom(4, 2)).toEqual([]);
  });

  it('show of a hidden one to which they reply the place alone, which sockets with the same exceptions share', () => {
    for (const socket of ['a', 'b']) hidden.hideBefore(socket, 0, 5);
    const payload = { rev: 9, seq: 9, replyTo: { id: 'target', seq: 4, excerpt: 'secret' } };
    const shown = { ...payload, replyTo: { id: 'target', seq: 4 } };
    expect(adjusted(payload, 4)).toEqual({ a: shown, b: shown });
    const exceptions = hidden.exceptionsTo('new_message', { rev: 10, seq: 9, replyToSeq: 4 });
    expect(new Set(exceptions?.adjusted.values()).size).toBe(1);
  });
});

describe('the next change after hidden ones', () => {
  beforeEach(() => hidden.hideBefore('new', 0, 5));

  it('follows on the change before them, once', () => {
    for (const rev of [7, 8, 9]) hiddenFrom(1, rev);
    expect(adjusted({ rev: 10, seq: SHOWN })).toEqual({ new: { rev: 10, seq: SHOWN, prevRev: 6 } });
    expect(hidden.exceptionsTo('new_message', { rev: 11, seq: SHOWN })).toBeUndefined();
  });

  it('follows on it also when it shows no message, and where numbers were overtaken', () => {
    hiddenFrom(1, 9, 4);
    expect(adjusted({ rev: 12, prevRev: 9 })).toEqual({ new: { rev: 12, prevRev: 4 } });
  });

  it.each([
    ['before it', [7, 8], { rev: 10 }, undefined],
    ['between them', [7, 9, 10], { rev: 11 }, 8],
    ['before them', [9, 10], { rev: 11 }, 8],
  ])('does not hide that others are missing %s', (_, withheld, next, prevRev) => {
    for (const rev of withheld) hiddenFrom(1, rev);
    expect(adjusted(next)).toEqual(prevRev === undefined ? {} : { new: { ...next, prevRev } });
  });

  it.each([
    ['hidden', 1],
    ['shown', SHOWN],
  ])('is not misled by one that comes late and is %s', (_, seq) => {
    for (const rev of [7, 8]) hiddenFrom(1, rev);
    hidden.exceptionsTo('message_updated', { rev: 3, seq });
    expect(adjusted({ rev: 9 })).toEqual({ new: { rev: 9, prevRev: 6 } });
  });

  it('follows on an earlier one that was hidden late, too', () => {
    for (const rev of [8, 7]) hiddenFrom(1, rev);
    expect(adjusted({ rev: 9 })).toEqual({ new: { rev: 9, prevRev: 6 } });
  });

  it('is different for sockets that have joined in between', () => {
    hiddenFrom(1, 7);
    hidden.hideBefore('later', 0, 5);
    hiddenFrom(1, 8);
    expect(adjusted({ rev: 9 })).toEqual({ new: { rev: 9, prevRev: 6 }, later: { rev: 9, prevRev: 7 } });
  });

  it.each([
    ['sees more of the history now', () => hidden.hideBefore('new', 1, 2), {}],
    ['sees less of it now', () => hidden.hideBefore('new', 0, 8), { new: { rev: 8, prevRev: 6 } }],
    ['has left', () => hidden.forgetSocket('new'), {}],
    ['knows numbers of another epoch', () => hidden.forgetRevs(), {}],
  ])('when the socket %s', (_, change, shown) => {
    hiddenFrom(1, 7);
    change();
    expect(adjusted({ rev: 8 })).toEqual(shown);
  });
});
