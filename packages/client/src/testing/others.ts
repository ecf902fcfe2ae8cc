import type { Presence } from '../contract.ts';
import type { Accounts } from './accounts.ts';
import type { Chat } from './chat.ts';
import { refuseField } from './refusal.ts';
import { byText, pageOf, sorted } from './lists.ts';
import type { RouteTable } from './routes.ts';

export interface Others {
  readonly routes: RouteTable;
  presenceOf(userIds: readonly string[], readerId: string): Presence[];
  /** The user has come, or is gone. */
  readonly tellOfPresence: (userId: string) => void;
}

/** Blocks, and who is online. */
export function createOthers({ state, rooms, areBlocked }: Chat, accounts: Accounts): Others {
  /** Only people who share a conversation see each other. */
  function maySee(readerId: string, userId: string): boolean {
    if (areBlocked(readerId, userId)) return false;
    const isHidden = [readerId, userId].some((id) => state.accounts.get(id)?.settings.presence === 'nobody');
    if (isHidden) return false;
    return [...state.conversations.values()].some(
      ({ members, type, messages }) =>
        members.has(readerId) && members.has(userId) && (type !== 'direct' || messages.length > 0),
    );
  }

  function presence(userId: string, readerId: string): Presence {
    const isOnline =
      maySee(readerId, userId) && [...rooms.sockets].some((socket) => socket.userId === userId);
    return { userId, status: isOnline ? 'online' : 'offline' };
  }

  function setBlock(blockerId: string, userId: string, isBlocked: boolean): void {
    const blocker = accounts.find(blockerId);
    if (isBlocked) accounts.find(userId);
    if (isBlocked && blockerId === userId) refuseField('userId', 'Is your own.');
    if (blocker.blocks.has(userId) === isBlocked) return;
    if (isBlocked) blocker.blocks.set(userId, state.time());
    else blocker.blocks.delete(userId);
    rooms.emitToUser(blockerId, 'user_blocked', { userId, isBlocked });
  }

  return {
    presenceOf: (userIds, readerId) => [...new Set(userIds)].map((id) => presence(id, readerId)),
    tellOfPresence(userId) {
      for (const socket of rooms.sockets) {
        if (socket.watched.has(userId) && maySee(socket.userId, userId)) {
          socket.emit('presence', presence(userId, socket.userId));
        }
      }
    },
    routes: {
      'GET /users/me/blocks': ({ user, query }) => {
        const blocked = [...user.blocks].map(([userId, blockedAt]) => {
          const { displayName, avatarUrl } = accounts.find(userId);
          return { userId, displayName, avatarUrl, blockedAt };
        });
        return pageOf(
          sorted(blocked, (a, b) => byText(a.userId, b.userId)),
          query,
        );
      },
      'PUT /users/me/blocks/:userId': ({ user, params, setStatus }) => {
        setStatus(204);
        setBlock(user.id, params.userId, true);
      },
      'DELETE /users/me/blocks/:userId': ({ user, params }) => setBlock(user.id, params.userId, false),
      'GET /users/presence': ({ user, query }) => ({
        presence: [...new Set(query.ids.split(','))].map((id) => presence(id, user.id)),
      }),
    },
  };
}
