import { type ReactElement, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../texts/texts-context.ts';
import { EmptyState } from '../ui/empty-state.tsx';

/** A conversation that is not there, or not for oneself. What had the focus in it leaves the focus to this. */
export function Gone(): ReactElement {
  const { conversation, common } = useTexts();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) link.current?.focus();
  }, []);
  return (
    <EmptyState text={conversation.notThere} isPage>
      <Link href="/" ref={link}>
        {common.toConversations}
      </Link>
    </EmptyState>
  );
}
