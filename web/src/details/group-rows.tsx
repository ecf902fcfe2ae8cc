import type { ConversationSummary } from '@causerie/client';
import { useConversation } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { useLocation } from 'wouter';
import { conversationAddress } from '../app/addresses.ts';
import { Link } from '../ui/icons.ts';
import { Ban, LogOut, Settings2, Trash2 } from '../ui/later-icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { RowButton } from '../ui/row-button.tsx';
import { AskingRow } from './asking-row.tsx';
import { BansDialog } from './bans-dialog.tsx';
import { ClearRow } from './clear-row.tsx';
import { orDoneBefore } from './done-before.ts';
import { InvitesDialog } from './invites-dialog.tsx';
import { leads } from './rights.ts';
import { SettingsDialog } from './settings-dialog.tsx';

/** What one may do with a group: those who lead it more than the others. */
export function GroupRows({ summary }: { readonly summary: ConversationSummary }): ReactElement {
  const { details: say } = useTexts();
  const { id, role, memberCount } = summary;
  const [opened, setOpened] = useState<'settings' | 'invites' | 'bans' | null>(null);
  const [, navigate] = useLocation();
  const conversation = useConversation(id);
  const close = (): void => setOpened(null);
  // Who may do it no longer, and later again, has not opened it anew.
  if (opened !== null && !leads(role)) close();
  async function depart(departing: Promise<void>): Promise<void> {
    await orDoneBefore(departing, 'NOT_CONVERSATION_MEMBER', 'CONVERSATION_NOT_FOUND');
    // Who has gone elsewhere meanwhile stays there.
    if (location.pathname.startsWith(conversationAddress(id))) navigate('/', { replace: true });
  }
  return (
    <>
      {leads(role) && (
        <>
          <RowButton icon={Settings2} text={say.settings} onClick={() => setOpened('settings')} />
          <RowButton icon={Link} text={say.invites} onClick={() => setOpened('invites')} />
          <RowButton icon={Ban} text={say.bans} onClick={() => setOpened('bans')} />
          {opened === 'settings' && <SettingsDialog summary={summary} onClose={close} />}
          {opened === 'invites' && <InvitesDialog id={id} onClose={close} />}
          {opened === 'bans' && <BansDialog id={id} onClose={close} />}
        </>
      )}
      <ClearRow id={id} />
      <AskingRow
        icon={LogOut}
        row={say.leave}
        text={memberCount === 1 ? say.leaveAsLast : role === 'owner' ? say.leaveAsOwner : say.leaveAsks}
        action={say.leaveNow}
        onConfirm={() => depart(conversation.leave())}
      />
      {role === 'owner' && (
        <AskingRow
          icon={Trash2}
          row={say.delete}
          text={say.deleteAsks}
          action={say.deleteNow}
          onConfirm={() => depart(conversation.delete())}
        />
      )}
    </>
  );
}
