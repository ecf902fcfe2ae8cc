import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';

/** Milliseconds for which a user counts as typing without another signal. */
const TYPING_MS = 6_000;

/** For sockets that have joined the conversation's room: reads and stores nothing. */
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
