import { useClient } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import { Link, useLocation } from 'wouter';
import { UsersRound } from '../ui/later-icons.ts';
import { conversationAddress } from '../app/addresses.ts';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { errorText } from '../ui/error-text.ts';
import { useAction } from '../ui/use-action.ts';
import { useIsShown } from '../ui/use-is-shown.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import styles from './invite-page.module.css';
import { Problem } from '../ui/problem.tsx';
import { isCauserieError } from '@causerie/client';

/** Where an invite leads, and the way in. */
export default function InvitePage({ token }: { readonly token: string }): ReactElement {
  const texts = useTexts();
  const { invites: say, common, list } = texts;
  const client = useClient();
  const [, navigate] = useLocation();
  const preview = useLoaded(
    useCallback(() => client.call('GET /chat/invites/:token', { params: { token } }), [client, token]),
  );
  const { isBusy, error, run } = useAction();
  const isShown = useIsShown();
  async function join(): Promise<void> {
    const { id } = await client.call('POST /chat/invites/:token/join', { params: { token } });
    if (isShown.current) navigate(conversationAddress(id), { replace: true });
  }
  const { error: failure } = preview;
  if (failure !== null) {
    const isNone = isCauserieError(failure, 'INVITE_NOT_FOUND', 'VALIDATION_FAILED');
    return (
      <EmptyState text={isNone ? say.leadsNowhere : errorText(texts, failure)} isPage>
        {isCauserieError(failure) && failure.retryable && (
          <Button onClick={preview.reload}>{common.retry}</Button>
        )}
        <Link href="/">{common.toConversations}</Link>
      </EmptyState>
    );
  }
  if (!preview.value) return <EmptyState text={common.loading} isPage />;
  const { title, memberCount, member } = preview.value;
  return (
    <section className={styles.page}>
      <UsersRound size={40} strokeWidth={1.5} />
      <p>{member ? say.isMember : say.invited}</p>
      <h1>
        <bdi>{title ?? list.untitled}</bdi>
      </h1>
      <p className={styles.quiet}>{common.memberCount(memberCount)}</p>
      <Button look="main" aria-disabled={isBusy} onClick={() => void run(join)}>
        {member ? say.open : say.join}
      </Button>
      <Problem error={error} />
      <Link href="/">{common.toConversations}</Link>
    </section>
  );
}
