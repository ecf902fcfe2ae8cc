import type { Session } from '../api/session.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import type { Link } from '../link/link.ts';
import type { Account } from './account.ts';
import { followProfile } from './follow-profile.ts';

/** @param hasUnsent whether there are messages that a logout would throw away */
export function createSession(
  account: Account,
  link: Pick<Link, 'call' | 'onEvent'>,
  hasUnsent: () => boolean | Promise<boolean>,
): Session {
  followProfile(account, link);
  return {
    state: account.state,
    restore: () => account.restore(),
    signup: async (body) => account.signIn(await link.call('POST /auth/signup', { body })),
    login: async (body) => account.signIn(await link.call('POST /auth/login', { body })),
    adopt: (tokens) => account.signIn(tokens),
    async logout({ discard = false } = {}) {
      if (!discard && (await hasUnsent())) throw new CauserieError('UNSENT_MESSAGES');
      await account.signOut(true, false);
    },
    async changePassword(body) {
      await link.call('POST /auth/change-password', { body });
      await account.signOut(false, true);
    },
    listDevices: (cursor) => link.call('GET /auth/sessions', { query: { cursor } }),
    async endDevice(id) {
      await link.call('DELETE /auth/sessions/:id', { params: { id } });
    },
    updateProfile: async (body) => account.noteProfile(await link.call('PUT /users/me', { body })),
    setAvatar: async (avatar) =>
      account.noteProfile(await link.call('POST /users/me/avatar', { form: { avatar } })),
    async removeAvatar() {
      await link.call('DELETE /users/me/avatar');
      return account.noteProfile(await link.call('GET /users/me'));
    },
    async deleteAccount(password) {
      await link.call('DELETE /users/me', { body: { password } });
      await account.signOut(true, true);
    },
  };
}
