import { type ReactElement, useEffect, useRef, useState } from 'react';
import { inviteLink } from '../app/addresses.ts';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-text.ts';
import { TextField } from '../ui/text-field.tsx';
import styles from './details.module.css';

/** The link of a new invite, to be copied: the server does not know it any more. */
export function InviteLink({ token }: { readonly token: string }): ReactElement {
  const { details: say } = useTexts();
  const link = inviteLink(token);
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => field.current?.select(), []);
  async function copy(): Promise<void> {
    try {
      await copyText(link);
      setCopied(true);
    } catch {
      // Not allowed: it is selected, so that the keyboard copies it.
      field.current?.select();
    }
  }
  return (
    <>
      <TextField ref={field} label={say.link} hint={say.linkOnce} readOnly value={link} />
      <div className={styles.buttons}>
        <Button onClick={() => void copy()}>{say.copyLink}</Button>
      </div>
      <output className={styles.quiet}>{isCopied && say.copied}</output>
    </>
  );
}
