import type { ConversationSummary, Member } from '@causerie/client';
import { useClient } from '@causerie/react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { MessageSquare } from '../ui/later-icons.ts';
import { conversationAddress } from '../app/addresses.ts';
import { useTexts } from '../texts/texts-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Problem } from '../ui/problem.tsx';
import { RowButton } from '../ui/row-button.tsx';
import { useAction } from '../ui/use-action.ts';
import { useIsShown } from '../ui/use-is-shown.ts';
import styles from './details.module.css';
import { PersonHead } from './person-head.tsx';
import { RemoveRows } from './remove-rows.tsx';
import { mayRemove } from './rights.ts';
import { RoleRows } from './role-rows.tsx';

interface MemberDialogProps {
  readonly summary: ConversationSummary;
  readonly member: Member;
  readonly onClose: () => void;
}

/** One member: who it is, and what one may do with them. */
export function MemberDialog({ summary, member, onClose }: MemberDialogProps): ReactElement {
  const { details: say } = useTexts();
  const { conversations } = useClient();
  const [, navigate] = useLocation();
  const { error, run } = useAction();
  const isShown = useIsShown();
  const { userId, displayName, avatarUrl, role } = member;
  async function write(): Promise<void> {
    const { id } = await conversations.openDirect(userId);
    if (isShown.current) navigate(conversationAddress(id));
  }
  return (
    <Dialog title={displayName} onClose={onClose}>
      <PersonHead person={{ id: userId, displayName, avatarUrl }} isNamed />
      <div className={styles.rows}>
        <RowButton icon={MessageSquare} text={say.write} onClick={() => void run(write)} />
        <Problem error={error} />
        {mayRemove(summary.role, role) && <RemoveRows id={summary.id} member={member} />}
      </div>
      {summary.role === 'owner' && (
        <RoleRows id={summary.id} member={member} onDone={() => isShown.current && onClose()} />
      )}
    </Dialog>
  );
}
