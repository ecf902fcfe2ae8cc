import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { InviteNotFoundError } from '../../domain/errors/invite-not-found.error.js';
import { MemberBannedError } from '../../domain/errors/member-banned.error.js';
import { requireInvite } from '../../domain/services/invite.policy.js';
import { BanRepositoryPort } from '../ports/ban-repository.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { InviteRepositoryPort } from '../ports/invite-repository.port.js';

/** What whoever holds a token sees of the conversation before joining it. */
export interface InvitePreview {
  readonly title: string | null;
  readonly memberCount: number;
  /** Whether the reader is a member already. */
  readonly isMember: boolean;
}

export class GetInviteQuery extends Query<InvitePreview> {
  constructor(
    readonly token: string,
    readonly readerId: string,
  ) {
    super();
  }
}

@QueryHandler(GetInviteQuery)
export class GetInviteHandler implements IQueryHandler<GetInviteQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly bans: BanRepositoryPort,
    private readonly invites: InviteRepositoryPort,
  ) {}

  /** Refuses whom joining would refuse, except that it shows a full conversation. */
  async execute({ token, readerId }: GetInviteQuery): Promise<InvitePreview> {
    const found = await this.invites.findInviteByToken(token);
    if (found === null) throw new InviteNotFoundError();
    const { conversationId } = found;
    const isMember = (await this.members.findMember(conversationId, readerId)) !== null;
    requireInvite(found, isMember);
    const conversation = await this.conversations.findById(conversationId);
    if (!conversation) throw new InviteNotFoundError();
    if (!isMember && (await this.bans.isBanned(conversationId, readerId))) throw new MemberBannedError();
    return { title: conversation.title, memberCount: conversation.memberCount, isMember };
  }
}
