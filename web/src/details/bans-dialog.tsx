import type { Ban } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import { Avatar } from '../people/avatar.tsx';
import { useSpeech } from '../texts/texts-context.ts';
import { shortDateTime } from '../texts/times.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PageRows } from '../ui/page-rows.tsx';
import rows from '../ui/rows.module.css';
import { usePages } from '../ui/use-pages.ts';
import { RowAction } from './row-action.tsx';

interface BansDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Who may not come back, and how to let them. */
export function BansDialog({ id, onClose }: BansDialogProps): ReactElement {
  const { texts, language } = useSpeech();
  const { details: say } = texts;
  const client = useClient();
  const bans = usePages<Ban>(
    useCallback(
      (cursor) =>
        client.call('GET /chat/conversations/:id/bans', { params: { id }, query: { cursor, limit: 50 } }),
      [client, id],
    ),
  );
  async function lift(userId: string): Promise<void> {
    await client.call('DELETE /chat/conversations/:id/bans/:userId', { params: { id, userId } });
    bans.change((items) => items.filter((ban) => ban.userId !== userId));
  }
  return (
    <Dialog title={say.bans} onClose={onClose}>
      <PageRows
        pages={bans}
        label={say.bans}
        empty={say.noBans}
        keyOf={({ userId }) => userId}
        renderRow={({ userId, displayName, avatarUrl, createdAt, until, reason }) => (
          <>
            <Avatar id={userId} name={displayName} url={avatarUrl} />
            <span className={rows.text}>
              <bdi>{displayName}</bdi>
              <small>
                {until === undefined
                  ? say.bannedSince(shortDateTime(language, createdAt))
                  : say.bannedUntil(shortDateTime(language, until))}
              </small>
              {reason !== undefined && (
                <small>
                  <bdi>{reason}</bdi>
                </small>
              )}
            </span>
            <RowAction text={say.unban} label={say.unbanName(displayName)} perform={() => lift(userId)} />
          </>
        )}
      />
    </Dialog>
  );
}
