import type { Invite } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { shortDateTime } from '../texts/times.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PageRows } from '../ui/page-rows.tsx';
import rows from '../ui/rows.module.css';
import { usePages } from '../ui/use-pages.ts';
import { orDoneBefore } from './done-before.ts';
import { NewInvite } from './new-invite.tsx';
import { RowAction } from './row-action.tsx';

interface InvitesDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** The open invites of a group, and a new one. */
export function InvitesDialog({ id, onClose }: InvitesDialogProps): ReactElement {
  const { texts, language } = useSpeech();
  const { details: say } = texts;
  const client = useClient();
  const invites = usePages<Invite>(
    useCallback(() => client.call('GET /chat/conversations/:id/invites', { params: { id } }), [client, id]),
  );
  async function revoke(inviteId: string): Promise<void> {
    const revoked = client.call('DELETE /chat/conversations/:id/invites/:inviteId', {
      params: { id, inviteId },
    });
    await orDoneBefore(revoked, 'INVITE_NOT_FOUND');
    invites.change((items) => items.filter((invite) => invite.id !== inviteId));
  }
  return (
    <Dialog title={say.invites} onClose={onClose}>
      <NewInvite id={id} onMade={(invite) => invites.change((items) => [invite, ...items])} />
      <PageRows
        pages={invites}
        label={say.openInvites}
        empty={say.noInvites}
        keyOf={(invite) => invite.id}
        renderRow={({ id: inviteId, uses, maxUses, expiresAt, history, createdAt }) => (
          <>
            <span className={rows.text}>
              <span>{say.usedOf(uses, maxUses)}</span>
              <small>{say.until(shortDateTime(language, expiresAt))}</small>
              <small>{say.histories[history]}</small>
            </span>
            <RowAction
              text={say.revoke}
              label={say.revokeOf(shortDateTime(language, createdAt))}
              perform={() => revoke(inviteId)}
            />
          </>
        )}
      />
    </Dialog>
  );
}
