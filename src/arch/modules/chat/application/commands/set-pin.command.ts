import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LockedMessage, MessageChange } from '../../domain/models/message-change.model.js';
import type { Message } from '../../domain/models/message.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { requireAccess, requireMembership } from '../../domain/services/membership.policy.js';
import {
  requireMessage,
  requirePinPlace,
  requireRightToPin,
  requireUndeleted,
} from '../../domain/services/message-change.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageChangePort } from '../ports/message-change.port.js';
import { MessagePinsPort } from '../ports/message-pins.port.js';

/** Pins a message for all members, or unpins it. */
export class SetPinCommand extends Command<ReadMessage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly messageId: string,
    readonly isPinned: boolean,
  ) {
    super();
  }
}

@CommandHandler(SetPinCommand)
export class SetPinHandler implements ICommandHandler<SetPinCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: MessageChangePort,
    private readonly pins: MessagePinsPort,
  ) {}

  async execute({ conversationId, requesterId, messageId, isPinned }: SetPinCommand): Promise<ReadMessage> {
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    return this.changes.change(conversationId, requesterId, messageId, async (found) => {
      const message = requireMessageToPin(found);
      if (isPinned === (message.pinnedAt !== undefined)) return null;
      return isPinned ? this.pin(conversationId) : { kind: 'unpinned' };
    });
  }

  private async pin(conversationId: string): Promise<MessageChange> {
    requirePinPlace(await this.pins.countPins(conversationId));
    return { kind: 'pinned' };
  }
}

/** A deleted message is not pinned. */
function requireMessageToPin(found: LockedMessage): Message {
  const role = requireMembership(found.actorRole);
  const message = requireMessage(found.message);
  requireRightToPin(role, found);
  requireUndeleted(message);
  return message;
}
