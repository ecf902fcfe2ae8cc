import type { BlockedUser } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import { RowAction } from '../details/row-action.tsx';
import { Avatar } from '../people/avatar.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useSpeech } from '../texts/texts-context.ts';
import { shortDateTime } from '../texts/times.ts';
import { PageRows } from '../ui/page-rows.tsx';
import rows from '../ui/rows.module.css';
import { usePages } from '../ui/use-pages.ts';
import { Group } from './group.tsx';

/** Whom one has blocked, and how to end that. */
export function BlockedPeople(): ReactElement {
  const { language } = useSpeech();
  const say = useSettingsTexts();
  const client = useClient();
  const blocked = usePages<BlockedUser>(
    useCallback((cursor) => client.call('GET /users/me/blocks', { query: { cursor, limit: 50 } }), [client]),
  );
  async function unblock(userId: string): Promise<void> {
    await client.users.unblock(userId);
    blocked.change((items) => items.filter((one) => one.userId !== userId));
  }
  return (
    <Group title={say.blocked} isList text={say.blockedText}>
      <PageRows
        pages={blocked}
        label={say.blocked}
        empty={say.noneBlocked}
        keyOf={({ userId }) => userId}
        renderRow={({ userId, displayName, avatarUrl, blockedAt }) => (
          <>
            <Avatar id={userId} name={displayName} url={avatarUrl} />
            <span className={rows.text}>
              <bdi>{displayName}</bdi>
              <small>{say.blockedSince(shortDateTime(language, blockedAt))}</small>
            </span>
            <RowAction
              text={say.unblock}
              label={say.unblockName(displayName)}
              perform={() => unblock(userId)}
            />
          </>
        )}
      />
    </Group>
  );
}
