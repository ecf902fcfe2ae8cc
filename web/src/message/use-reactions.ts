import type { Message } from '@causerie/client';
import { useConversation } from '@causerie/react';
import { useRef, useState } from 'react';
import { useAttempt } from '../ui/use-attempt.ts';
import { type Chosen, hasReaction, keyOf, type ShownReaction, shownReactions } from './reactions-state.ts';

interface Reactions {
  readonly shown: readonly ShownReaction[];
  readonly toggle: (emoji: string) => void;
}

const NONE: Chosen = new Map();

/**
 * The reactions of a message, and how one adds and takes back one's own. What was chosen is shown at once; of each kind one
 * request is on its way at a time, and the last choice is what remains.
 */
export function useReactions(message: Message, own: readonly string[]): Reactions {
  const conversation = useConversation(message.conversationId);
  const attempt = useAttempt();
  const [chosen, setChosen] = useState(NONE);
  const current = useRef(NONE);

  function choose(key: string, choice: { emoji: string; isOn: boolean } | null): void {
    const next = new Map(current.current);
    if (choice) next.set(key, choice);
    else next.delete(key);
    current.current = next;
    setChosen(next);
  }

  async function settle(key: string, emoji: string): Promise<void> {
    let isOn = hasReaction(own, key);
    await attempt(async () => {
      while (current.current.get(key)?.isOn !== isOn) {
        await (isOn ? conversation.unreact(message.id, emoji) : conversation.react(message.id, emoji));
        isOn = !isOn;
      }
    });
    choose(key, null);
  }

  return {
    shown: shownReactions(message, own, chosen),
    toggle(emoji) {
      const key = keyOf(emoji);
      const before = current.current.get(key);
      choose(key, { emoji, isOn: !(before?.isOn ?? hasReaction(own, key)) });
      if (!before) void settle(key, emoji);
    },
  };
}
