import type { ReactElement } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { ConversationPage } from '../conversation/conversation-page.tsx';
import { Gone } from '../conversation/gone.tsx';
import { isId } from './addresses.ts';

/** A conversation, at the one address that it has: links may come with capitals, which the server takes for the same. */
export function ConversationRoute({ id }: { readonly id: string }): ReactElement {
  const [path] = useLocation();
  const search = useSearch();
  const address = path.toLowerCase();
  if (!isId(id)) return <Gone />;
  if (path === address) return <ConversationPage key={id} id={id} />;
  // It still leads back to where it was opened from.
  return <Redirect to={search ? `${address}?${search}` : address} replace state={history.state as unknown} />;
}
