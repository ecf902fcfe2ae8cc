import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { InviteDraft, NewInvite } from '../../domain/models/invite.model.js';
import { requireInvitePlace } from '../../domain/services/invite.policy.js';
import { requireGroup, requireMembership } from '../../domain/services/membership.policy.js';
import { requireRight } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { InviteRepositoryPort } from '../ports/invite-repository.port.js';

/** Makes a link with which people join a group on their own. */
export class CreateInviteCommand extends Command<NewInvite> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly draft: InviteDraft,
  ) {
    super();
  }
}

@CommandHandler(CreateInviteCommand)
export class CreateInviteHandler implements ICommandHandler<CreateInviteCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
    private readonly invites: InviteRepositoryPort,
  ) {}

  /** Decided behind the conversation's lock, so that the number of open invites and the maker's role are exact. */
  async execute({ conversationId, requesterId, draft }: CreateInviteCommand): Promise<NewInvite> {
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    const created: NewInvite[] = [];
    await this.changes.change(conversationId, requesterId, async ({ conversation, actorRole }) => {
      const role = requireMembership(actorRole);
      requireGroup(conversation);
      requireRight('invite', role, 'conversation');
      requireInvitePlace(await this.invites.countOpenInvites(conversationId));
      created.push(await this.invites.createInvite(conversationId, requesterId, draft));
      return [];
    });
    // When the transaction was repeated, only its last invite is stored.
    return created.at(-1) as NewInvite;
  }
}
