import type { Ban, Invite } from '../contract.ts';
import type { Chat } from './chat.ts';
import type { Members } from './members.ts';
import { refuse } from './refusal.ts';
import { byText, pageOf, reversed, sorted } from './lists.ts';
import type { RouteTable } from './routes.ts';
import type { Account, StoredConversation } from './state.ts';

type StoredInvite = Invite & { readonly token: string; readonly conversationId: string };

/** Seconds for which an invite is valid, and how many may use it, unless it says otherwise. */
const VALID = 604_800;
const USES = 5_000;
/** Open invites of a conversation, at most. */
const INVITES = 50;

/** Invites and bans. */
export function inviteRoutes(chat: Chat, members: Members): RouteTable {
  const { state, show } = chat;
  const invites = new Map<string, StoredInvite & { uses: number }>();
  const bans = new Map<string, Map<string, Ban>>();

  function manage(
    id: string,
    user: Account,
    code: 'CANNOT_ADD_MEMBER' | 'CANNOT_REMOVE_MEMBER',
  ): StoredConversation {
    const conversation = chat.openWhole(id, user);
    if (conversation.type === 'direct') refuse('DIRECT_CONVERSATION');
    if (show.memberOf(conversation, user.id).role === 'member') refuse(code);
    return conversation;
  }

  const isOpen = ({ expiresAt, uses, maxUses, createdBy, conversationId }: StoredInvite): boolean => {
    const role = state.conversations.get(conversationId)?.members.get(createdBy)?.role ?? 'member';
    return expiresAt > state.time() && uses < maxUses && role !== 'member';
  };
  const openOnes = (id: string): StoredInvite[] =>
    reversed([...invites.values()].filter((invite) => invite.conversationId === id && isOpen(invite)));
  const publicOf = ({
    id,
    createdBy,
    createdAt,
    expiresAt,
    maxUses,
    uses,
    history,
  }: StoredInvite): Invite => ({ id, createdBy, createdAt, expiresAt, maxUses, uses, history });

  function byToken(token: string): StoredInvite & { uses: number } {
    return [...invites.values()].find((invite) => invite.token === token) ?? refuse('INVITE_NOT_FOUND');
  }

  const bansOf = (id: string): Ban[] =>
    [...(bans.get(id)?.values() ?? [])].filter(({ until }) => until === undefined || until > state.time());

  return {
    'GET /chat/conversations/:id/invites': ({ user, params }) => ({
      data: openOnes(manage(params.id, user, 'CANNOT_ADD_MEMBER').id).map(publicOf),
    }),
    'POST /chat/conversations/:id/invites': ({ user, params, body }) => {
      const { id: conversationId } = manage(params.id, user, 'CANNOT_ADD_MEMBER');
      if (openOnes(conversationId).length >= INVITES) refuse('TOO_MANY_INVITES');
      const id = state.newId();
      const { expiresInSeconds = VALID, maxUses = USES, history = 'all' } = body;
      const invite = {
        id,
        conversationId,
        token: `invite-${id}`,
        createdBy: user.id,
        createdAt: state.time(),
        expiresAt: new Date(state.now() + expiresInSeconds * 1_000).toISOString(),
        maxUses,
        uses: 0,
        history,
      };
      invites.set(id, invite);
      return { ...publicOf(invite), token: invite.token };
    },
    'DELETE /chat/conversations/:id/invites/:inviteId': ({ user, params }) => {
      const { id } = manage(params.id, user, 'CANNOT_ADD_MEMBER');
      if (!openOnes(id).some((invite) => invite.id === params.inviteId)) refuse('INVITE_NOT_FOUND');
      invites.delete(params.inviteId);
    },
    'GET /chat/invites/:token': ({ user, params }) => {
      const invite = byToken(params.token);
      const conversation = state.conversations.get(invite.conversationId) ?? refuse('INVITE_NOT_FOUND');
      const member = conversation.members.has(user.id);
      if (!member && !isOpen(invite)) refuse('INVITE_NOT_FOUND');
      return { title: conversation.title, memberCount: conversation.members.size, member };
    },
    'POST /chat/invites/:token/join': ({ user, params, setStatus }) => {
      setStatus(200);
      const invite = byToken(params.token);
      const conversation = state.conversations.get(invite.conversationId) ?? refuse('INVITE_NOT_FOUND');
      if (!conversation.members.has(user.id)) {
        if (!isOpen(invite)) refuse('INVITE_NOT_FOUND');
        if (bansOf(conversation.id).some(({ userId }) => userId === user.id)) refuse('MEMBER_BANNED');
        invite.uses += 1;
        members.add(conversation, user.id, user, invite.history, 'invite');
      }
      return show.conversation(conversation, user.id);
    },
    'GET /chat/conversations/:id/bans': ({ user, params, query }) => {
      const { id } = manage(params.id, user, 'CANNOT_REMOVE_MEMBER');
      return pageOf(
        sorted(bansOf(id), (a, b) => byText(a.userId, b.userId)),
        query,
      );
    },
    'PUT /chat/conversations/:id/bans/:userId': ({ user, params: { id, userId }, body, setStatus }) => {
      setStatus(204);
      const conversation = manage(id, user, 'CANNOT_REMOVE_MEMBER');
      const own = show.memberOf(conversation, user.id);
      const { displayName, avatarUrl } = state.accounts.get(userId) ?? refuse('USER_NOT_FOUND');
      const member = conversation.members.get(userId);
      const isHigher =
        member !== undefined &&
        (member.role === 'owner' || (own.role === 'admin' && member.role === 'admin'));
      if (userId === user.id || isHigher) refuse('CANNOT_REMOVE_MEMBER');
      const ban = {
        userId,
        displayName,
        avatarUrl,
        bannedBy: user.id,
        createdAt: state.time(),
        ...body,
      } as Ban;
      bans.set(id, (bans.get(id) ?? new Map<string, Ban>()).set(userId, ban));
      if (member) members.remove(conversation, userId, user, 'banned');
    },
    'DELETE /chat/conversations/:id/bans/:userId': ({ user, params: { id, userId } }) => {
      manage(id, user, 'CANNOT_REMOVE_MEMBER');
      bans.get(id)?.delete(userId);
    },
  };
}
