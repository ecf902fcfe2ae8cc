import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BlockRepositoryPort } from '../ports/block-repository.port.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';

/** Milliseconds for which a user counts as typing without another signal. */
const TYPING_MS = 6_000;

/**
 * For sockets that have joined the conversation's room; stores nothing. Across a block it is not passed on, and not
 * refused: who blocks is not disturbed, and who is blocked does not learn of it by typing.
 */
export class SignalTypingCommand extends Command<void> {
  constructor(
    readonly conversationId: string,
    readonly userId: string,
    readonly isTyping: boolean,
  ) {
    super();
  }
}

@CommandHandler(SignalTypingCommand)
export class SignalTypingHandler implements ICommandHandler<SignalTypingCommand> {
  constructor(
    private readonly blocks: BlockRepositoryPort,
    private readonly live: ChatPublisherPort,
  ) {}

  async execute({ conversationId, userId, isTyping }: SignalTypingCommand): Promise<void> {
    if (await this.blocks.hasBlock(conversationId)) return;
    const expiresAt = new Date(Date.now() + (isTyping ? TYPING_MS : 0));
    this.live.publish({ kind: 'typing', conversationId, userId, isTyping, expiresAt });
  }
}
