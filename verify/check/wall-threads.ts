import type { FollowedThread, State, Wall, WallEnd, WallReader } from '../wall/wall.ts';
import { nameOfState, statesAt } from './wall-states.ts';
import type { Violation } from './violation.ts';

/** What the messages of a wall show of its threads, and what the lists of threads say, is what the threads' messages say. */
export function* checkWallThreads(wall: Wall, end: WallEnd, threads: readonly Wall[]): Generator<Violation> {
  const stored = new Map(statesAt(wall, end.states).map((state) => [state.id, state]));
  for (const thread of threads)
    if (thread.end)
      yield* checkRoot(stored.get(thread.root?.message ?? ''), statesAt(thread, thread.end.states));
  for (const reader of end.readers) {
    yield* checkFollowing(wall, threads, reader);
    for (const followed of reader.threads) yield* checkFollowed(wall, threads, reader, followed);
    const { told, listed } = reader.unreadTotal;
    if (told !== listed)
      yield wrong(wall, reader, `told of ${told} unread threads, of which ${listed} are in the list`);
  }
}

function* checkRoot(root: State | undefined, replies: readonly State[]): Generator<Violation> {
  const lastReplyAt = replies.at(-1)?.createdAt ?? '';
  const shown = root?.thread;
  if (root && shown?.replyCount === replies.length && shown.lastReplyAt === lastReplyAt) return;
  const place = root ? nameOfState(root) : 'a message that is not stored';
  const text = `${place} shows ${shown?.replyCount} replies until ${shown?.lastReplyAt}`;
  yield { kind: 'threads', text: `${text} instead of ${replies.length} until ${lastReplyAt}` };
}

/** Who has written in a thread follows it, unless the membership or the following may have ended since. */
function* checkFollowing(wall: Wall, threads: readonly Wall[], reader: WallReader): Generator<Violation> {
  const isGuest = reader.person === wall.people.length - 1;
  const listed = new Set(reader.threads.map(({ id }) => id));
  for (const { id, acts } of threads) {
    const own = acts.filter(({ actor }) => actor === reader.person);
    const hasWritten = own.some(({ kind, outcome }) => kind === 'send' && outcome === 'done');
    if (hasWritten && !isGuest && !own.some(({ kind }) => kind === 'unfollow') && !listed.has(id))
      yield wrong(wall, reader, `not answered thread ${id}, in which the reader has written`);
  }
}

function* checkFollowed(
  wall: Wall,
  threads: readonly Wall[],
  reader: WallReader,
  { id, root, lastSeq, lastReadSeq, unreadCount, mentionCount }: FollowedThread,
): Generator<Violation> {
  const thread = threads.find((one) => one.id === id);
  if (!thread?.end) return;
  const { person } = reader;
  const replies = statesAt(thread, thread.end.states);
  const own = replies.filter(({ sender }) => sender === person).map(({ seq }) => seq);
  const unread = replies.filter(({ seq }) => seq > lastReadSeq);
  const mentions = unread.filter((state) => state.mentions.includes(person)).length;
  const detail = thread.end.readers.find((one) => one.person === person);
  const told = `${unreadCount} unread, ${mentionCount} mentions`;
  if (lastSeq !== replies.length || unreadCount !== unread.length || mentionCount !== mentions)
    yield wrong(
      wall,
      reader,
      `told ${told} of ${lastSeq} in thread ${id} instead of ${unread.length}, ${mentions} of ${replies.length}`,
    );
  if (lastReadSeq < Math.max(0, ...own))
    yield wrong(wall, reader, `told to have read ${lastReadSeq} of thread ${id}, with own replies behind it`);
  if (detail?.lastReadSeq !== lastReadSeq || detail.unreadCount !== unreadCount)
    yield wrong(wall, reader, `told other positions in thread ${id} than in the list`);
  if (reader.unreadThreads.includes(id) !== unreadCount > 0)
    yield wrong(wall, reader, `told ${told} in thread ${id}, unlike the list of unread threads`);
  if (!statesAt(wall, [root]).some((state) => state.id === thread.root?.message))
    yield wrong(wall, reader, `told another root of thread ${id}`);
}

const wrong = ({ people }: Wall, { person }: WallReader, text: string): Violation => ({
  kind: 'threads',
  text: `${people[person]} is ${text}`,
});
