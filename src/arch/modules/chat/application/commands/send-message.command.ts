import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { messageCreated, threadMoved } from '../../domain/events/chat-event.js';
import type { MessageExtras } from '../../domain/models/message-extras.model.js';
import { draftMessage, textAsSent } from '../../domain/models/message.model.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageQuotaPort } from '../ports/message-quota.port.js';
import { MessageRepositoryPort, type SentMessage } from '../ports/message-repository.port.js';

export class SendMessageCommand extends Command<SentMessage> {
  constructor(
    readonly conversationId: string,
    readonly senderId: string,
    readonly content: string,
    readonly clientMessageId?: string,
    readonly extras?: MessageExtras,
  ) {
    super();
  }
}

@CommandHandler(SendMessageCommand)
export class SendMessageHandler implements ICommandHandler<SendMessageCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly messages: MessageRepositoryPort,
    private readonly live: ChatPublisherPort,
    private readonly quota: MessageQuotaPort,
  ) {}

  async execute(command: SendMessageCommand): Promise<SentMessage> {
    const draft = draftMessage(command);
    await requireAccess(draft.conversationId, draft.senderId, this.conversations, this.members.cached);
    this.quota.takeMessage(draft.senderId, textAsSent(draft));
    const sent = await this.messages.create(draft);
    if (!sent.duplicate) this.live.publish(messageCreated(sent.message, sent.parent));
    if (sent.root) this.live.publish(threadMoved(sent.root, draft.senderId));
    return sent;
  }
}
