import type { Head } from '../history.ts';
import { Highest } from './highest.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** The end of a conversation, wherever it is told, was its end at some moment between the question and the answer. */
export function* checkHeads(known: StoredHistory): Generator<Violation> {
  const shown = new Map<number, Highest>();
  for (const head of known.history.heads) {
    if (!known.isSound(head.conversation)) continue;
    let before = shown.get(head.conversation);
    if (!before) shown.set(head.conversation, (before = shownOf(known, head.conversation)));
    const problem = problemOf(known, head, before);
    if (problem === undefined) continue;
    const { client, conversation, how, lastSeq, rev } = head;
    yield {
      kind: 'head',
      text: `${known.nameOfClient(client)} was told by ${how} that conversation ${conversation} ends at seq ${lastSeq}${rev === -1 ? '' : `, rev ${rev}`}: ${problem}`,
    };
  }
}

function problemOf(known: StoredHistory, head: Head, shown: Highest): string | undefined {
  const { conversation, lastSeq, rev, begun, ended } = head;
  const least = shown.before(begun);
  if (lastSeq < least) return `seq ${least} had been shown before`;
  const last = known.stored(conversation)[lastSeq - 1];
  if (lastSeq > 0 && last === undefined) return 'that is not stored';
  const origin = last === undefined ? undefined : known.originOf(known.message(last));
  if ((origin?.attempts[0]?.begun ?? 0) > ended) return 'that was sent only afterwards';
  if (rev === -1) return undefined;
  const { rev: end = 0 } = known.history.ends[conversation] ?? {};
  if (rev > end) return `that is beyond its end, rev ${end}`;
  const there = known.messagesUpTo(conversation, rev);
  if (there !== lastSeq) return `up to that rev there are ${there} messages`;
  const additions = known.history.additions.filter(
    (one) => one.conversation === conversation && one.ended < begun,
  );
  return rev - lastSeq < additions.length ? `${additions.length} members had been added before` : undefined;
}

/** Up to which message it had been shown to anybody at each tick. */
function shownOf(known: StoredHistory, conversation: number): Highest {
  const messages = known.stored(conversation).map((index) => known.message(index));
  return new Highest(messages.map(({ firstSeen, seq }) => ({ tick: firstSeen, value: seq })));
}
