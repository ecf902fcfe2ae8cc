import { useClient } from '@causerie/react';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { messageAddress, replyAddress } from '../app/addresses.ts';
import { useTexts } from '../texts/texts-context.ts';
import { startNotifier } from './start-notifier.ts';
import { useLookingAt } from './use-looking-at.ts';

/** Tells of messages while one looks elsewhere. */
export default function Notifier(): null {
  const client = useClient();
  const texts = useTexts();
  const [, navigate] = useLocation();
  useLookingAt();
  useEffect(
    () =>
      startNotifier(client, texts, ({ summary: { id, details }, message: { seq } }) => {
        const { parent } = details;
        navigate(
          parent ? replyAddress(parent.conversationId, parent.messageId, seq) : messageAddress(id, seq),
        );
      }),
    [client, texts, navigate],
  );
  return null;
}
