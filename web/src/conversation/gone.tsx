import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../texts/texts-context.ts';
import { EmptyState } from '../ui/empty-state.tsx';

/** A conversation that is not there, or not for oneself. */
export function Gone(): ReactElement {
  const { conversation, common } = useTexts();
  return (
    <EmptyState text={conversation.notThere} isPage>
      <Link href="/">{common.toConversations}</Link>
    </EmptyState>
  );
}
