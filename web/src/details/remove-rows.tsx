import type { Member } from '@causerie/client';
import { useClient, useConversation } from '@causerie/react';
import type { ReactElement } from 'react';
import { Ban, UserMinus } from '../ui/later-icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { AskingRow } from './asking-row.tsx';
import { orDoneBefore } from './done-before.ts';

interface RemoveRowsProps {
  readonly id: string;
  readonly member: Member;
}

/** Removes a member, or bans it. The row of the member, and its dialog, go away when that is told. */
export function RemoveRows({ id, member }: RemoveRowsProps): ReactElement {
  const { details: say } = useTexts();
  const client = useClient();
  const conversation = useConversation(id);
  const { userId, displayName } = member;
  return (
    <>
      <AskingRow
        icon={UserMinus}
        row={say.remove(displayName)}
        text={say.removeAsks}
        action={say.removeNow}
        onConfirm={() => orDoneBefore(conversation.removeMember(userId), 'MEMBER_NOT_FOUND')}
      />
      <AskingRow
        icon={Ban}
        row={say.ban(displayName)}
        text={say.banAsks}
        action={say.banNow}
        onConfirm={() =>
          client.call('PUT /chat/conversations/:id/bans/:userId', { params: { id, userId }, body: {} })
        }
      />
    </>
  );
}
