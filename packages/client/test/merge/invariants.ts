import { KEPT_MAX } from '../../src/merge/merge-state.ts';
import type { State } from './merging.ts';
import type { ModelServer } from './model-server.ts';

/** What must be true after every input. Returns what is wrong; null when nothing is. @param shown by `seq` */
export function faultOf(state: State, server: ModelServer, shown: Map<number, number>): string | null {
  const { rows, first, cursor, head, follows, kept, seen, visibleFromSeq } = state;
  for (const [index, { message }] of rows.entries()) {
    const { seq, rev } = message;
    if (seq !== first + index) return 'The range has a hole, or a message twice';
    if (seq < visibleFromSeq) return 'A hidden message is shown';
    if (rev < (shown.get(seq) ?? 0)) return 'A message is shown in an earlier state than before';
    // Of what is hidden the server tells no more, and of that later.
    if (seq >= server.visibleFromSeq && rev < server.latestRevOf(seq) && server.latestRevOf(seq) <= cursor)
      return 'A change before the cursor is missing';
    shown.set(seq, rev);
  }
  if (cursor > head || head > server.rev) return 'There is no such change';
  if (Math.max(0, ...seen.keys()) > head) return 'A gap is not known';
  const last = first + rows.length - 1;
  /** Of a page of changes that is not the last one, the messages are missing that have changed again. */
  const isChangedAgain = (seq: number) => server.latestRevOf(seq) > cursor;
  const isThere = (seq: number) =>
    seq <= last || seq < server.visibleFromSeq || kept.has(seq) || isChangedAgain(seq);
  const beyond = follows ? server.lastSeq - last : 0;
  for (let distance = 1; distance <= beyond; distance += 1)
    if (!isThere(last + distance)) return 'A message before the cursor is missing at the end';
  if (Math.max(kept.size, seen.size) > KEPT_MAX + 1) return 'Too much is kept';
  return null;
}

/** What is wrong when everything has arrived and the whole conversation is held. */
export function differenceOf(state: State, server: ModelServer, isOwnCertain: boolean): string | null {
  const { data } = server.page(1, server.lastSeq);
  const { rows, kept, seen, inFlight, cursor } = state;
  if (kept.size + seen.size + inFlight > 0 || cursor !== server.rev) return 'Something is left over';
  if (rows.length !== data.length) return 'There are other messages on the server';
  for (const [index, { message, own }] of rows.entries()) {
    if (JSON.stringify(message) !== JSON.stringify(data.at(-1 - index)))
      return `Message ${message.seq} is another one on the server`;
    const expected = server.ownAt(message.seq);
    const isOther = ({ emoji, count, userIds }: (typeof message.reactions)[number]) =>
      own.includes(emoji) !== expected.includes(emoji) && (isOwnCertain || count === userIds.length);
    if (message.reactions.some(isOther))
      return `The own reactions to ${message.seq} are others on the server`;
    if (own.length > message.reactions.length) return 'There are own reactions that nobody sees';
  }
  return null;
}
