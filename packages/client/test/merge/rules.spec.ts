import { expect, it } from 'vitest';
import { checkHistories, reportOf } from './model-world.ts';
import { type Fault, mergingWith } from './with-fault.ts';

/** Each rule switched off, one at a time. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'R1: a message takes the place of a newer one': {
    file: 'newest.ts',
    text: 'given.message.rev <= held.message.rev',
    by: 'false',
  },
  'R2: a change after a gap counts as if nothing were missing': {
    file: 'draft.ts',
    text: 'if (prevRev <= next.cursor) next.cursor = Math.max(next.cursor, rev);\n    else',
    by: 'if (true) next.cursor = Math.max(next.cursor, rev);\n    else',
  },
  'R2: changes that are remembered close the gap before them': {
    file: 'draft.ts',
    text: 'if (prevRev <= next.cursor) next.cursor = Math.max(next.cursor, rev);\n    }',
    by: 'next.cursor = Math.max(next.cursor, rev);\n    }',
  },
  'R2: what an acknowledgement says is not heard': {
    file: 'merge.ts',
    text: '      draft.hear(message.rev);\n',
    by: '',
  },
  'R3: one page of changes is all of them': {
    file: 'merge.ts',
    text: 'count(page.rev, page.since)',
    by: 'count(page.headRev, page.since)',
  },
  'R4: what waits for earlier messages joins the range': {
    file: 'draft.ts',
    text: 'next.follows && next.kept.get(lastOf(next) + 1)',
    by: 'next.follows && [...next.kept.values()].find(({ message }) => isAhead(message.seq))',
  },
  'R4: what waits for earlier messages is forgotten': {
    file: 'draft.ts',
    text: 'for (const seq of next.kept.keys()) if (!isAhead(seq))',
    by: 'for (const seq of next.kept.keys())',
  },
  'R4: a trimmed end is followed': {
    file: 'merge.ts',
    text: '  next.follows &&= last === heldLast;\n',
    by: '',
  },
  'R5: changes outside of the range are not kept while a page is in flight': {
    file: 'draft.ts',
    text: 'isAhead(seq) || next.inFlight > 0',
    by: 'isAhead(seq)',
  },
  'R5: what was kept is not merged on top of the page': {
    file: 'merge-page.ts',
    text: '[...held, ...kept.values()]',
    by: 'held',
  },
  'R5: what was held is not merged on top of the page of a new place': {
    file: 'merge-page.ts',
    text: '[...held, ...kept.values()]',
    by: 'kept.values()',
  },
  'R5: messages are trimmed while a page that may have them in an older state is in flight': {
    file: 'merge.ts',
    text: 'if (next.inFlight === 0) trim',
    by: 'trim',
  },
  'R6: the answer to a join raises the cursor above a page in flight': {
    file: 'merge.ts',
    text: '        if (next.inFlight > 0) draft.dropLoads();\n',
    by: '',
  },
  'R6: a page of an older load is merged': {
    file: 'merge.ts',
    text: 'if (input.load === next.load) mergePage',
    by: 'mergePage',
  },
  'R7: the page of a new place counts as if it were of now': {
    file: 'merge-page.ts',
    text: 'page.rev ?? next.base',
    by: 'next.head',
  },
  'own reactions: a later state of the message does not change them': {
    file: 'newest.ts',
    text: 'ownRev < message.rev ? shownAsOwn',
    by: 'false ? shownAsOwn',
  },
  'clearing: hidden messages of a page are merged': {
    file: 'merge-page.ts',
    text: 'if (message.seq >= visibleFromSeq)',
    by: 'if (true)',
  },
  'clearing: hidden messages are waited for': {
    file: 'merge.ts',
    text: '  hideBefore(draft.next, page.visibleFromSeq ?? 1);\n',
    by: '',
  },
};

it.for(Object.entries(FAULTS))(
  '%s: a history is found in which that is wrong',
  async ([, fault], { annotate }) => {
    const { counterexample, numRuns } = checkHistories(await mergingWith([fault]), 100_000);
    expect(counterexample, `${numRuns} histories`).not.toBeNull();
    await annotate(`${counterexample?.[2].length} steps`);
  },
);

it('a client that keeps very little has what the server has', async () => {
  const small = await mergingWith([
    { file: 'merge-state.ts', text: 'KEPT_MAX = 500', by: 'KEPT_MAX = 2' },
    { file: 'catch-up.ts', text: 'CHANGES_MAX = 500', by: 'CHANGES_MAX = 4' },
    { file: 'catch-up.ts', text: 'MESSAGES_MAX = 300', by: 'MESSAGES_MAX = 3' },
  ]);
  expect(reportOf(checkHistories(small, 1_500))).toBeNull();
});
