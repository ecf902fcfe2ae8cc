import { type ReactElement, useRef } from 'react';
import { Route, Switch, useRoute } from 'wouter';
import { useFocusKept } from '../keys/use-focus-kept.ts';
import { useKeys } from '../keys/use-keys.ts';
import { ConversationSide } from '../list/conversation-side.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ConversationRoute } from './conversation-route.tsx';
import { NothingChosen, NotFound } from './empty-pages.tsx';
import styles from './shell.module.css';

const NewConversation = lazyPart(() => import('../conversation/new-conversation.tsx'));
const InvitePage = lazyPart(() => import('../invites/invite-page.tsx'));
const SettingsPage = lazyPart(() => import('../settings/settings-page.tsx'));
const ThreadsPage = lazyPart(() => import('../inbox/threads-page.tsx'));
const MentionsPage = lazyPart(() => import('../inbox/mentions-page.tsx'));

/** The list at the side, and what was chosen in it; on a phone one of them at a time. */
export function Shell(): ReactElement {
  const [isHome] = useRoute('/');
  const shell = useRef<HTMLDivElement>(null);
  useKeys();
  useFocusKept(shell);
  return (
    <div ref={shell} className={styles.shell} data-shows={isHome ? 'list' : 'page'}>
      <ConnectionBanner />
      <ConversationSide />
      <main className={styles.main} tabIndex={-1}>
        <Switch>
          <Route path="/" component={NothingChosen} />
          <Route path="/new" component={NewConversation} />
          <Route path="/threads" component={ThreadsPage} />
          <Route path="/mentions" component={MentionsPage} />
          <Route path="/settings/*?" component={SettingsPage} />
          <Route path="/i/:token">{({ token }) => <InvitePage key={token} token={token} />}</Route>
          <Route path="/c/:id/*?">{({ id }) => <ConversationRoute id={id} />}</Route>
          <Route component={NotFound} />
        </Switch>
      </main>
    </div>
  );
}
