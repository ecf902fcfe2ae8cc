import { isCauserieError } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { LogOut as LogOutIcon } from '../ui/later-icons.ts';
import { leave } from '../session/leaving.ts';
import { useTexts } from '../texts/texts-context.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import styles from './settings.module.css';

/** The way out. Messages that are not sent yet are lost by it, so it asks before. */
export function LogOut(): ReactElement {
  const { session: say } = useTexts();
  const { session } = useClient();
  const attempt = useAttempt();
  const [isAsking, setAsking] = useState(false);
  const logOut = (discard: boolean): Promise<void> => leave(() => session.logout({ discard }));
  async function logOutOrAsk(): Promise<void> {
    try {
      await logOut(false);
    } catch (error) {
      if (!isCauserieError(error, 'UNSENT_MESSAGES')) throw error;
      setAsking(true);
    }
  }
  return (
    <>
      <button type="button" className={styles.link} onClick={() => void attempt(logOutOrAsk)}>
        <LogOutIcon size={20} strokeWidth={1.75} />
        <span>{say.logOut}</span>
      </button>
      {isAsking && (
        <ConfirmDialog
          title={say.logOut}
          text={say.unsent}
          action={say.logOutAnyway}
          onConfirm={() => logOut(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
