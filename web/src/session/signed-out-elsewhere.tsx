import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import styles from './session-page.module.css';

/** The session was ended by another tab or device, or by the server. */
export function SignedOutElsewhere({ onContinue }: { readonly onContinue: () => void }): ReactElement {
  const { session: say } = useTexts();
  return (
    <main className={styles.page}>
      <div className={styles.form}>
        <img src="/favicon.svg" alt="" width={40} height={40} />
        <h1>{say.signedOutElsewhere}</h1>
        <p>{say.signedOutHow}</p>
        <Button look="main" onClick={onContinue} autoFocus>
          {say.logInAgain}
        </Button>
      </div>
    </main>
  );
}
