import type { ConversationSummary } from '@causerie/client';
import type { ReactElement } from 'react';
import { ClearRow } from './clear-row.tsx';
import styles from './details.module.css';
import { GroupHead } from './group-head.tsx';
import { GroupRows } from './group-rows.tsx';
import { Members } from './members.tsx';
import { OwnSettings } from './own-settings.tsx';
import { PersonHead } from './person-head.tsx';
import { BlockRow } from './block-row.tsx';
import { useUserId } from '../people/use-user-id.ts';

/** What a conversation is to everybody, and to oneself. */
export function Details({ summary }: { readonly summary: ConversationSummary }): ReactElement {
  const ownId = useUserId();
  const { id, other } = summary;
  if (other)
    return (
      <>
        <PersonHead person={other} />
        <OwnSettings summary={summary} />
        <div className={styles.rows}>
          <ClearRow id={id} />
          {other.id !== ownId && <BlockRow person={other} />}
        </div>
      </>
    );
  return (
    <>
      <GroupHead summary={summary} />
      <Members summary={summary} />
      <OwnSettings summary={summary} />
      <div className={styles.rows}>
        <GroupRows summary={summary} />
      </div>
    </>
  );
}
