import type { TypingSignalled } from '../../domain/events/chat-event.js';
import { OnceASecond } from './once-a-second.js';

/** Who is typing: of each member the first signal at once, then at most one a second, the latest. */
export class TypingSignals {
  private readonly signals: OnceASecond<TypingSignalled>;

  constructor(emit: (event: TypingSignalled) => void) {
    // The same again counts for longer.
    this.signals = new OnceASecond(emit, () => true);
  }

  tell(event: TypingSignalled): void {
    this.signals.tell(`${event.conversationId} ${event.userId}`, event);
  }

  forget(): void {
    this.signals.forget();
  }
}
