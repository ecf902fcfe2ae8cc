import type { Changes } from '../history.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** A page of changes has `members` if and only if a member was added after `since`; then it has all of them. */
export function* checkChangedMembers(known: StoredHistory): Generator<Violation> {
  for (const page of known.history.changes) {
    if (!known.isSound(page.conversation)) continue;
    const problem = problemOf(known, page);
    if (problem === undefined) continue;
    const { client, conversation, since, rev } = page;
    yield {
      kind: 'changes-members',
      text: `changes of conversation ${conversation} since ${since} at rev ${rev}, as ${known.nameOfClient(client)} received them, ${problem}`,
    };
  }
}

function problemOf(known: StoredHistory, { conversation, since, rev, members }: Changes): string | undefined {
  const revs = known.additionRevs[conversation] ?? [];
  const changed = revs.some((one) => one > since && one <= rev);
  if (!members) return changed ? 'have no members' : undefined;
  if (!changed) return 'have members, but none was added';
  const { founders = [] } = known.history.conversations[conversation] ?? {};
  const added = revs.filter((one) => one <= rev).map((one) => known.addedAt(conversation, one));
  const there = new Set(members);
  const expected = [...founders, ...added];
  // The client of an addition is unknown when no client received its `member_added`.
  const lacks = expected.some((client) => client !== undefined && !there.has(client));
  return lacks || there.size !== expected.length || members.length !== there.size
    ? 'have the wrong members'
    : undefined;
}
