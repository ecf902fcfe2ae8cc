import type { ConversationSummary } from '@causerie/client';
import { useUserId } from '../people/use-user-id.ts';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './conversation-row.module.css';

/** More characters have no room in a line; a draft may have a million. */
const SHOWN = 200;

/** The draft, or else the newest message, on one line. */
export function Preview({ summary }: { readonly summary: ConversationSummary }): ReactElement | null {
  const { list } = useTexts();
  const ownId = useUserId();
  const { draft, lastMessage: last, type } = summary;
  if (draft)
    return (
      <>
        <em className={styles.draft}>{list.draft}</em> <bdi>{draft.slice(0, SHOWN)}</bdi>
      </>
    );
  if (!last) return <>{list.nothingYet}</>;
  if (!('seq' in last))
    return (
      <>
        {last.status === 'failed' ? <em className={styles.failed}>{list.notSent}</em> : list.you}{' '}
        <bdi>{last.content}</bdi>
      </>
    );
  if (last.deletedAt) return <i>{list.deleted}</i>;
  const author =
    last.senderId === ownId ? list.you : type === 'direct' ? '' : list.saidBy(last.sender.displayName);
  return (
    <>
      {author && <bdi>{author}</bdi>} <bdi>{last.content}</bdi>
    </>
  );
}
