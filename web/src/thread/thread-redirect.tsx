import type { SharedConversation } from '@causerie/client';
import type { ReactElement } from 'react';
import { Redirect, useLocation } from 'wouter';
import { replyAddress, threadAddress } from '../app/addresses.ts';
import { seqOf } from '../jump/seq-of.ts';

interface ThreadRedirectProps {
  /** The thread. */
  readonly id: string;
  readonly parent: NonNullable<SharedConversation['parent']>;
}

/** Whoever asks for a thread, or a message in it, as for a conversation is led to its place. */
export function ThreadRedirect({
  id,
  parent: { conversationId, messageId },
}: ThreadRedirectProps): ReactElement {
  const [path] = useLocation();
  const seq = seqOf(path, id);
  const address =
    seq === undefined
      ? threadAddress(conversationId, messageId)
      : replyAddress(conversationId, messageId, seq);
  // It still leads back to where it was opened from.
  return <Redirect to={address} replace state={history.state as unknown} />;
}
