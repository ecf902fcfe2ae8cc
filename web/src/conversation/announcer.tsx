import type { Conversation } from '@causerie/client';
import { type ReactElement, useEffect, useState } from 'react';
import { useUserId } from '../people/use-user-id.ts';
import { plainLine } from '../texts/plain-line.ts';
import { useTexts } from '../texts/texts-context.ts';
import { createAnnouncements } from './announcements.ts';
import styles from './announcer.module.css';

/** As much of a message as one listens to unasked. */
const LONGEST = 200;

/**
 * Tells screen readers what others say in the conversation that is open. The list itself is no live region: in it also what is
 * loaded, changed and trimmed would be read.
 */
export function Announcer({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { conversation: say } = useTexts();
  const ownId = useUserId();
  const [told, setTold] = useState({ text: '', count: 0 });
  useEffect(() => {
    let known = conversation.summary.getSnapshot()?.details.lastMessage?.seq;
    const { add, stop } = createAnnouncements(
      (text) => setTold(({ count }) => ({ text, count: count + 1 })),
      say.newCount,
    );
    const unsubscribe = conversation.summary.subscribe(() => {
      const message = conversation.summary.getSnapshot()?.details.lastMessage;
      if (!message || message.seq <= (known ?? message.seq)) {
        known ??= message?.seq;
        return;
      }
      known = message.seq;
      if (message.senderId !== ownId)
        add(`${plainLine(message.sender.displayName, LONGEST)}: ${plainLine(message.content, LONGEST)}`);
    });
    return () => {
      unsubscribe();
      stop();
    };
  }, [conversation, ownId, say]);
  return (
    <output className={styles.announcer}>
      {/* Another element each time: the same text twice is told twice. */}
      <span key={told.count}>{told.text}</span>
    </output>
  );
}
