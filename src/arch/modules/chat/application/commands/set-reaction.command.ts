import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SMALL_ROOM, toReactionKind } from '../../domain/models/reaction.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { canAccessConversation, requireConversation } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageReactionsPort } from '../ports/message-reactions.port.js';

/** Reacts to a message, takes a reaction back, or removes somebody else's. */
export class SetReactionCommand extends Command<ReadMessage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly messageId: string,
    readonly emoji: string,
    readonly added: boolean,
    /** Whose reaction it is. */
    readonly userId = requesterId,
  ) {
    super();
  }
}

@CommandHandler(SetReactionCommand)
export class SetReactionHandler implements ICommandHandler<SetReactionCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly reactions: MessageReactionsPort,
  ) {}

  async execute(command: SetReactionCommand): Promise<ReadMessage> {
    const { conversationId, requesterId, messageId, userId, added } = command;
    const kind = toReactionKind(command.emoji);
    const { memberCount } = await requireConversation(conversationId, this.conversations);
    await canAccessConversation(conversationId, requesterId, this.members);
    const draft = { conversationId, messageId, actorId: requesterId, userId, added, ...kind };
    return this.reactions.react(draft, memberCount > SMALL_ROOM);
  }
}
