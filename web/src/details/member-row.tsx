import type { Member } from '@causerie/client';
import type { ReactElement } from 'react';
import { Avatar } from '../people/avatar.tsx';
import { OnlineMark } from '../people/online-mark.tsx';
import { useUserId } from '../people/use-user-id.ts';
import { useTexts } from '../texts/texts-context.ts';
import rows from '../ui/rows.module.css';
import styles from './member-row.module.css';

interface MemberRowProps {
  readonly member: Member;
  readonly onOpen: () => void;
}

/** One member; a click shows more of them. */
export function MemberRow({ member, onOpen }: MemberRowProps): ReactElement {
  const { details: say, common } = useTexts();
  const ownId = useUserId();
  const { userId, displayName, avatarUrl, role } = member;
  const isOwn = userId === ownId;
  const content = (
    <>
      <Avatar id={userId} name={displayName} url={avatarUrl} />
      <span className={rows.text}>
        <span>
          <bdi>{displayName}</bdi>
          {isOwn && ` (${common.you})`}
        </span>
        {!isOwn && (
          <small>
            <OnlineMark userId={userId} />
          </small>
        )}
      </span>
      {role !== 'member' && <span className={styles.role}>{say.roles[role]}</span>}
    </>
  );
  if (isOwn) return <div className={rows.row}>{content}</div>;
  return (
    <button type="button" className={rows.row} onClick={onOpen}>
      {content}
    </button>
  );
}
