import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';

/** How long somebody counts as typing who does not say so again. */
const TYPING_MS = 6_000;

/** For who has joined the room of the conversation: nothing is looked up, nothing is stored. */
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
  constructor(private readonly live: ChatPublisherPort) {}

  async execute({ conversationId, userId, isTyping }: SignalTypingCommand): Promise<void> {
    const expiresAt = new Date(Date.now() + (isTyping ? TYPING_MS : 0));
    this.live.publish({ kind: 'typing', conversationId, userId, isTyping, expiresAt });
  }
}
