import type { Sender } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { Ban } from '../ui/later-icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Problem } from '../ui/problem.tsx';
import { RowButton } from '../ui/row-button.tsx';
import { useAction } from '../ui/use-action.ts';
import { useIsBlocked } from './use-is-blocked.ts';

/** Blocks somebody, and ends that. */
export function BlockRow({ person }: { readonly person: Sender }): ReactElement | null {
  const { details: say } = useTexts();
  const { users } = useClient();
  const known = useIsBlocked(person.id);
  const [changed, setChanged] = useState<boolean | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { error, run } = useAction();
  const isBlocked = changed ?? known;
  if (isBlocked === null) return null;
  async function unblock(): Promise<void> {
    await users.unblock(person.id);
    setChanged(false);
  }
  async function block(): Promise<void> {
    await users.block(person.id);
    setChanged(true);
  }
  return (
    <>
      <RowButton
        icon={Ban}
        text={isBlocked ? say.unblock(person.displayName) : say.block(person.displayName)}
        isDanger={!isBlocked}
        onClick={() => (isBlocked ? void run(unblock) : setAsking(true))}
      />
      <Problem error={error} />
      {isAsking && (
        <ConfirmDialog
          title={say.block(person.displayName)}
          text={say.blockAsks}
          action={say.blockNow}
          onConfirm={block}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
