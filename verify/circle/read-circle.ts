import type { Account } from '../account.ts';
import type { WireConversationPage, WireDetail, WireError, WireTimeline } from '../wire.ts';
import type { Row } from './circle.ts';
import type { CircleRecord } from './circle-record.ts';

const PAGE = 100;

/**
 * Reads the state of a circle at the end, as its first person sees it, and tries to read it as everybody else.
 * @param unexpected receives descriptions of answers that the contract does not allow
 * @param leaks receives descriptions of data that somebody received who is no member
 */
export async function readCircle(
  accounts: readonly Account[],
  record: CircleRecord,
  unexpected: string[],
  leaks: string[],
): Promise<void> {
  const [keeper] = accounts;
  const path = `/chat/conversations/${record.id}`;
  const answer = await keeper?.requestUntilAnswered('GET', path);
  if (!keeper || answer?.status !== 200) {
    unexpected.push(`the circle cannot be read: ${answer?.status}`);
    return;
  }
  const { rev, title, members } = answer.body as WireDetail & { readonly title: string };
  const rows = await readRows(keeper, path, record, unexpected);
  record.end = {
    rev,
    title,
    members: members.map(({ userId, role }) => ({ person: record.indexOf(userId), role })),
    rows,
  };
  const inside = new Set(members.map(({ userId }) => userId));
  for (const account of accounts) {
    const { status, body } = await account.requestUntilAnswered('GET', `${path}/messages`);
    await readDirects(account, record, unexpected);
    const isRefused = status === 403 && (body as WireError).code === 'NOT_CONVERSATION_MEMBER';
    if (inside.has(account.id) ? status === 200 : isRefused) continue;
    if (inside.has(account.id)) unexpected.push(`${account.name}, a member, is answered ${status}`);
    else leaks.push(`${account.name}, a former member, is answered ${status}`);
  }
}

async function readDirects(account: Account, record: CircleRecord, unexpected: string[]): Promise<void> {
  const path = '/chat/conversations?type=direct&limit=100';
  const { status, body } = await account.requestUntilAnswered('GET', path);
  if (status !== 200) {
    unexpected.push(`${account.name}: the list of direct conversations: ${status}`);
    return;
  }
  const directs = (body as WireConversationPage).data.map(({ id, direct }) => ({
    id,
    other: record.indexOf(direct?.user.id),
  }));
  record.listedDirects.push({ person: record.indexOf(account.id), directs });
}

/** All messages and changes, through `changes?events=true`. */
async function readRows(
  keeper: Account,
  path: string,
  record: CircleRecord,
  unexpected: string[],
): Promise<Row[]> {
  const rows: Row[] = [];
  let since = 0;
  for (;;) {
    const query = `since=${since}&limit=${PAGE}&events=true`;
    const { status, body } = await keeper.requestUntilAnswered('GET', `${path}/changes?${query}`);
    const page = body as WireTimeline;
    if (status !== 200 || (page.hasMore && page.rev <= since)) {
      unexpected.push(`changes since ${since} of the circle: ${status}, rev ${page.rev}`);
      return rows;
    }
    for (const message of page.data) rows.push(record.rowOfMessage(message));
    for (const event of page.events) rows.push(record.rowOfEvent(event));
    if (!page.hasMore) return rows;
    since = page.rev;
  }
}
