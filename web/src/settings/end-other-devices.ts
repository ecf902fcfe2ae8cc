import type { Session } from '@causerie/client';
import { orDoneBefore } from '../details/done-before.ts';

/** Ends all logins but this one, on all pages of the list; what was ended before a failure stays ended. */
export async function endOtherDevices(session: Pick<Session, 'listDevices' | 'endDevice'>): Promise<void> {
  const others: string[] = [];
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = await session.listDevices(cursor);
    others.push(...data.filter(({ current }) => !current).map(({ id }) => id));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  for (const id of others) await orDoneBefore(session.endDevice(id), 'SESSION_NOT_FOUND');
}
