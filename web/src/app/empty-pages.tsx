import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { MessagesSquare } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { EmptyState } from '../ui/empty-state.tsx';

export function NothingChosen(): ReactElement {
  const { conversation } = useTexts();
  return <EmptyState icon={MessagesSquare} text={conversation.choose} isPage />;
}

export function NotFound(): ReactElement {
  const { common } = useTexts();
  return (
    <EmptyState text={common.pageNotFound} isPage>
      <Link href="/">{common.toConversations}</Link>
    </EmptyState>
  );
}
