import { useTyping, useUser } from '@causerie/react';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './typing-line.module.css';

/** Who is writing now. Its place is always there, so that nothing moves. */
export function TypingLine({ id }: { readonly id: string }): ReactElement {
  const typing = useTyping(id);
  return (
    <p className={styles.line}>
      {typing.length === 1 && typing[0] && <OneWrites userId={typing[0].userId} />}
      {typing.length > 1 && <SeveralWrite />}
    </p>
  );
}

function OneWrites({ userId }: { readonly userId: string }): ReactElement {
  const { conversation } = useTexts();
  return <>{conversation.typing(useUser(userId)?.displayName ?? '…')}</>;
}

function SeveralWrite(): ReactElement {
  return <>{useTexts().conversation.severalTyping}</>;
}
