import type { TypingUser } from '../api/conversation.ts';
import type { ServerEvents } from '../contract.ts';
import { createKeyed, type Keyed } from '../observable/keyed.ts';
import type { Scope } from '../sync/scope.ts';

/** Milliseconds after which somebody who has sent nothing more does not type any more. */
const EXPIRY = 6_000;
/** Milliseconds between two events of one's own, and until typing ends by itself. */
const REPEAT = 3_000;
const PAUSE = 5_000;

export interface Typing {
  readonly users: Keyed<readonly TypingUser[]>;
  readonly notify: (conversationId: string) => void;
  /** The message has been sent: that ends it for the others, too. */
  readonly end: (conversationId: string) => void;
}

/** Who is writing, and that one is writing oneself. */
export function createTyping({ clock, emit, onEvent, userId }: Scope): Typing {
  const users = createKeyed<readonly TypingUser[]>([]);
  const expiries = new Map<string, () => void>();
  const own = new Map<string, { readonly sentAt: number; cancel(): void }>();

  function set(conversationId: string, user: string, isTyping: boolean): void {
    const key = conversationId + user;
    expiries.get(key)?.();
    expiries.delete(key);
    const store = users.of(conversationId);
    const before = store.getSnapshot();
    const isKnown = before.some((one) => one.userId === user);
    if (isTyping)
      expiries.set(
        key,
        clock.setTimer(EXPIRY, () => set(conversationId, user, false)),
      );
    if (isTyping && !isKnown) store.set([...before, { userId: user }]);
    if (!isTyping && isKnown) store.set(before.filter((one) => one.userId !== user));
  }

  onEvent((name, payload) => {
    if (name === 'typing') {
      const event = payload as ServerEvents['typing'];
      if (event.userId !== userId()) set(event.conversationId, event.userId, event.isTyping);
    } else if (name === 'new_message') {
      const { conversationId, senderId } = payload as ServerEvents['new_message'];
      if (expiries.has(conversationId + senderId)) set(conversationId, senderId, false);
    }
  });

  function tell(conversationId: string, isTyping: boolean): void {
    emit('typing', { conversationId, isTyping }).catch(() => undefined);
  }

  return {
    users,
    notify(conversationId) {
      const before = own.get(conversationId);
      before?.cancel();
      const isDue = !before || clock.now() - before.sentAt >= REPEAT;
      if (isDue) tell(conversationId, true);
      const cancel = clock.setTimer(PAUSE, () => {
        own.delete(conversationId);
        tell(conversationId, false);
      });
      own.set(conversationId, { sentAt: isDue ? clock.now() : before.sentAt, cancel });
    },
    end(conversationId) {
      own.get(conversationId)?.cancel();
      own.delete(conversationId);
    },
  };
}
