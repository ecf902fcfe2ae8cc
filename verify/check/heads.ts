import type { Head } from '../history.ts';
import { Highest } from './highest.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Every head that a client received was the conversation's head at some time between the request and the answer. */
export function* checkHeads(known: StoredHistory): Generator<Violation> {
  const seen = new Map<number, Highest>();
  for (const head of known.history.heads) {
    if (!known.isSound(head.conversation)) continue;
    let seenSeqs = seen.get(head.conversation);
    if (!seenSeqs) seen.set(head.conversation, (seenSeqs = seenSeqsOf(known, head.conversation)));
    const problem = problemOf(known, head, seenSeqs);
    if (problem === undefined) continue;
    const { client, conversation, how, lastSeq, rev } = head;
    yield {
      kind: 'head',
      text: `${known.nameOfClient(client)} received by ${how} that the head of conversation ${conversation} is seq ${lastSeq}${rev === -1 ? '' : `, rev ${rev}`}: ${problem}`,
    };
  }
}

function problemOf(known: StoredHistory, head: Head, seenSeqs: Highest): string | undefined {
  const { conversation, lastSeq, rev, begun, ended } = head;
  const least = seenSeqs.highestBefore(begun);
  if (lastSeq < least) return `seq ${least} had been received before`;
  const last = known.storedMessagesOf(conversation)[lastSeq - 1];
  if (lastSeq > 0 && last === undefined) return 'this message is not stored';
  const origin = last === undefined ? undefined : known.originOf(known.getMessage(last));
  if ((origin?.attempts[0]?.begun ?? 0) > ended) return 'this message was sent afterwards';
  if (rev === -1) return undefined;
  const { rev: end = 0 } = known.history.ends[conversation] ?? {};
  if (rev > end) return `the last rev is ${end}`;
  const count = known.countMessagesUpTo(conversation, rev);
  if (count !== lastSeq) return `up to this rev there are ${count} messages`;
  const additions = known.history.additions.filter(
    (one) => one.conversation === conversation && one.ended < begun,
  );
  return rev - lastSeq < additions.length ? `${additions.length} members had been added before` : undefined;
}

/** @returns the highest `seq` that any client had received, for each tick */
function seenSeqsOf(known: StoredHistory, conversation: number): Highest {
  const messages = known.storedMessagesOf(conversation).map((index) => known.getMessage(index));
  return new Highest(messages.map(({ firstSeen, seq }) => ({ tick: firstSeen, value: seq })));
}
