import type { CauserieClient, Conversation } from '@causerie/client';
import type { Account } from '../account.ts';
import type { Overview } from '../overview.ts';

/** Whose client is compared with the server. */
interface Owner {
  readonly account: Account;
  readonly overview: Overview;
}

/**
 * Compares what a client holds of a conversation with what the server answers.
 * @param marked the highest position that was marked as read
 * @returns what differs
 */
export async function compareConversation(
  { account, overview }: Owner,
  handle: Conversation,
  marked: number,
): Promise<readonly string[]> {
  const { id, summary, read, timeline } = handle;
  const { lastSeq, me, members } = await overview.readConversation(id);
  const others = members.filter(({ userId, lastReadSeq }) => userId !== account.id && lastReadSeq > 0);
  const shown = summary.getSnapshot();
  const { byUser } = read.getSnapshot();
  const { missing, doubled, different } = await handle.verify();
  const pairs: readonly (readonly [string, string | number | undefined, string | number])[] = [
    ['lastSeq', shown?.lastSeq, lastSeq],
    ['lastReadSeq', shown?.lastReadSeq, me.lastReadSeq],
    ['unreadCount', shown?.unreadCount, me.unreadCount],
    ['the end of the timeline', timeline.getSnapshot().last, lastSeq],
    ['the stored position that was marked', Math.max(me.lastReadSeq, marked), me.lastReadSeq],
    ['messages that verify() misses', missing.join(' '), ''],
    ['messages that verify() finds twice', doubled.join(' '), ''],
    ['messages that verify() finds different', different.join(' '), ''],
    ...others.map(
      ({ userId, lastReadSeq }) => [`what ${userId} has read`, byUser.get(userId) ?? 0, lastReadSeq] as const,
    ),
  ];
  return pairs
    .filter(([, held, stored]) => held !== stored)
    .map(([what, held, stored]) => `${what} of ${id}: ${held ?? 'nothing'} instead of ${stored}`);
}

/** Compares the list of a client with that of the server. @returns what differs */
export async function compareList(
  overview: Overview,
  { conversations, outbox }: CauserieClient,
): Promise<readonly string[]> {
  const stored = await overview.readList();
  const { status } = conversations.getSnapshot();
  if (status !== 'ready') await conversations.load();
  while (conversations.getSnapshot().hasMore) await conversations.loadMore();
  const listed = conversations.getSnapshot().items.map(({ id }) => id);
  const waiting = outbox.getSnapshot().length;
  return [
    ...(listed.join(' ') === stored.join(' ')
      ? []
      : [`lists ${listed.join(' ')} instead of ${stored.join(' ')}`]),
    ...(waiting === 0 ? [] : [`has ${waiting} messages in the outbox`]),
  ];
}
