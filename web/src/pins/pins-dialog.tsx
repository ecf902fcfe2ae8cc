import type { Message } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import type { Jump } from '../jump/jump-context.ts';
import { useRights } from '../message/use-rights.ts';
import { useTexts } from '../texts/texts-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PageRows } from '../ui/page-rows.tsx';
import { usePages } from '../ui/use-pages.ts';
import { PinRow } from './pin-row.tsx';
import { useOtherChanges } from './use-other-changes.ts';

interface PinsDialogProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onJump: Jump;
}

/** What is pinned in a conversation, the last pinned first: a click leads there. */
export function PinsDialog({ id, onClose, onJump }: PinsDialogProps): ReactElement {
  const { pins: say } = useTexts();
  const client = useClient();
  const { mayPin } = useRights(id);
  const pins = usePages<Message>(
    useCallback(
      (cursor) =>
        client.call('GET /chat/conversations/:id/pins', { params: { id }, query: { cursor, limit: 50 } }),
      [client, id],
    ),
  );
  useOtherChanges(id, pins);
  async function unpin(messageId: string): Promise<void> {
    await client.conversation(id).unpin(messageId);
    pins.change((items) => items.filter((message) => message.id !== messageId));
  }
  return (
    <Dialog title={say.pinned} onClose={onClose}>
      <PageRows
        pages={pins}
        label={say.pinned}
        empty={mayPin ? say.none : say.noneYet}
        keyOf={({ id: messageId }) => messageId}
        renderRow={(message) => (
          <PinRow message={message} onJump={onJump} onUnpin={mayPin ? () => unpin(message.id) : undefined} />
        )}
      />
    </Dialog>
  );
}
