import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';
import { InviteNotFoundError } from '../../domain/errors/invite-not-found.error.js';
import { MemberBannedError } from '../../domain/errors/member-banned.error.js';
import {
  type ConversationChange,
  type LockedConversation,
  memberAddition,
  type StoredChange,
} from '../../domain/models/conversation-change.model.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import { requireInvite } from '../../domain/services/invite.policy.js';
import { requireAccount, requirePlace } from '../../domain/services/membership.policy.js';
import { BanRepositoryPort } from '../ports/ban-repository.port.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { InviteRepositoryPort } from '../ports/invite-repository.port.js';

/** Joins the conversation of an invite: by oneself, asking nobody. */
export class JoinByInviteCommand extends Command<ConversationSummary> {
  constructor(
    readonly token: string,
    readonly userId: string,
  ) {
    super();
  }
}

@CommandHandler(JoinByInviteCommand)
export class JoinByInviteHandler implements ICommandHandler<JoinByInviteCommand> {
  constructor(
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
    private readonly bans: BanRepositoryPort,
    private readonly invites: InviteRepositoryPort,
  ) {}

  /** Only who has a valid token gets to wait for the conversation's lock; everything is decided behind it. */
  async execute({ token, userId }: JoinByInviteCommand): Promise<ConversationSummary> {
    const invite = await this.invites.findInviteByToken(token);
    if (invite === null) throw new InviteNotFoundError();
    let present: ConversationSummary | null = null;
    const decide = async (found: LockedConversation): Promise<ConversationChange[]> => {
      const decided = await this.decideAddition(token, userId, found);
      present = decided.length > 0 ? null : await this.findConversation(found, userId);
      return decided;
    };
    const [added] = await this.changes
      .change(invite.conversationId, userId, decide, [userId])
      .catch((error: unknown) => {
        throw error instanceof ConversationNotFoundError ? new InviteNotFoundError() : error;
      });
    return present ?? (added as StoredChange<'member_added'>).result.conversation;
  }

  /** Nothing changes for members. The invite is read again: it may have ended meanwhile. */
  private async decideAddition(
    token: string,
    userId: string,
    { conversation, actorRole, subjects }: LockedConversation,
  ): Promise<ConversationChange[]> {
    const invite = requireInvite(await this.invites.findInviteByToken(token), actorRole !== null);
    if (actorRole !== null) return [];
    requireAccount(userId, subjects);
    if (await this.bans.isBanned(conversation.id, userId)) throw new MemberBannedError();
    requirePlace(conversation);
    if (!(await this.invites.countUse(invite.id))) throw new InviteNotFoundError();
    return [memberAddition(userId, 'member', invite.history, 'invite')];
  }

  private findConversation({ conversation }: LockedConversation, userId: string) {
    return this.members.findConversationOfUser(userId, conversation.id);
  }
}
