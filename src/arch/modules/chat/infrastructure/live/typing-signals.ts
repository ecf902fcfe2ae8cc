import type { TypingSignalled } from '../../domain/events/chat-event.js';
import { OncePerInterval } from '../../../../common/application/once-per-interval.js';

/** Emits typing signals: of each member the first one at once, then at most one a second, the latest. */
export class TypingSignals {
  private readonly signals: OncePerInterval<TypingSignalled>;

  constructor(emit: (event: TypingSignalled) => void) {
    // A repeated signal extends the time.
    this.signals = new OncePerInterval(emit, () => true);
  }

  emitTyping(event: TypingSignalled): void {
    this.signals.emitState(`${event.conversationId} ${event.userId}`, event);
  }

  cancelTyping(): void {
    this.signals.cancelAll();
  }
}
