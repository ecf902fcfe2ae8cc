import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LockedMessage, MessageChange } from '../../domain/models/message-change.model.js';
import { requireMembership } from '../../domain/services/membership.policy.js';
import { requireMessage } from '../../domain/services/message-change.policy.js';
import { requireAccessUnlessThread, requireThreadStart } from '../../domain/services/thread.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageChangePort } from '../ports/message-change.port.js';
import { ThreadRepositoryPort } from '../ports/thread-repository.port.js';

/** The id of a thread, and whether it has begun now. */
export interface OpenedThread {
  readonly threadId: string;
  readonly isNew: boolean;
}

export class OpenThreadCommand extends Command<OpenedThread> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly messageId: string,
  ) {
    super();
  }
}

/** A message has one thread, whoever begins it: decided behind the lock of its conversation. */
@CommandHandler(OpenThreadCommand)
export class OpenThreadHandler implements ICommandHandler<OpenThreadCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: MessageChangePort,
    private readonly threads: ThreadRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId, messageId }: OpenThreadCommand): Promise<OpenedThread> {
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    const newId = this.threads.newThreadId();
    let threadId = newId;
    await this.changes.change(conversationId, requesterId, messageId, async (found) => {
      threadId = (await this.findThread(found)) ?? newId;
      return threadId === newId ? begin(found, newId) : null;
    });
    return { threadId, isNew: threadId === newId };
  }

  /** Also of a message that was deleted since, or where nothing may be sent any more. */
  private async findThread({ conversation, actorRole, message }: LockedMessage): Promise<string | null> {
    requireMembership(actorRole);
    return this.threads.findThread(conversation.id, requireMessage(message).seq);
  }
}

function begin(found: LockedMessage, threadId: string): MessageChange {
  requireThreadStart(found);
  return { kind: 'thread_opened', threadId };
}
