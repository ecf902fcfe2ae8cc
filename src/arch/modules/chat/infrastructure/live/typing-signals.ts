import type { TypingSignalled } from '../../domain/events/chat-event.js';
import { OnceASecond } from './once-a-second.js';

/** Who is typing: of each member the first signal at once, then at most one a second, the latest. */
export class TypingSignals {
  private readonly signals: OnceASecond<TypingSignalled>;

  constructor(emit: (event: TypingSignalled) => void) {
    // The same again counts for longer.
    this.signals = new OnceASecond(emit, () => true);
  }

  emitTyping(event: TypingSignalled): void {
    this.signals.emitState(`${event.conversationId} ${event.userId}`, event);
  }

  cancelTyping(): void {
    this.signals.cancelAll();
  }
}
