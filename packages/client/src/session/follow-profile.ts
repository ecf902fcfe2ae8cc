import type { ServerEvents } from '../contract.ts';
import type { Link } from '../link/link.ts';
import type { Account } from './account.ts';

/** Notes another name or picture of who is signed in: another device may have given it. */
export function followProfile(
  account: Pick<Account, 'state' | 'noteProfile'>,
  link: Pick<Link, 'onEvent'>,
): void {
  link.onEvent((name, payload) => {
    if (name !== 'user_updated') return;
    const { userId, displayName, avatarUrl } = payload as ServerEvents[typeof name];
    const { user } = account.state.getSnapshot();
    if (user?.id !== userId || (user.displayName === displayName && user.avatarUrl === avatarUrl)) return;
    void account.noteProfile({ ...user, displayName, avatarUrl });
  });
}
