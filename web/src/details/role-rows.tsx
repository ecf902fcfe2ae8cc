import type { Member } from '@causerie/client';
import { useConversation } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { Crown } from '../ui/later-icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { RowButton } from '../ui/row-button.tsx';
import { SavedSelect } from '../ui/saved-select.tsx';
import styles from './details.module.css';

interface RoleRowsProps {
  readonly id: string;
  readonly member: Member;
  /** The conversation has been handed over. */
  readonly onDone: () => void;
}

/** What a member is: only the owner changes that, and can hand the conversation over. */
export function RoleRows({ id, member, onDone }: RoleRowsProps): ReactElement {
  const { details: say } = useTexts();
  const conversation = useConversation(id);
  const [isAsking, setAsking] = useState(false);
  const { userId, displayName, role } = member;
  return (
    <>
      <SavedSelect
        label={say.role}
        options={(['admin', 'member'] as const).map((value) => ({ value, text: say.roles[value] }))}
        value={role === 'member' ? 'member' : 'admin'}
        onSave={(value) => conversation.changeRole(userId, value)}
      />
      <div className={styles.rows}>
        <RowButton icon={Crown} text={say.handOver} isDanger onClick={() => setAsking(true)} />
      </div>
      {isAsking && (
        <ConfirmDialog
          title={say.handOver}
          text={say.handOverAsks(displayName)}
          action={say.handOverNow}
          onConfirm={async () => {
            await conversation.changeRole(userId, 'owner');
            onDone();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
