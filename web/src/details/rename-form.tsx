import { type ConversationSummary, isCauserieError } from '@causerie/client';
import { useConversation } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useSubmission } from '../ui/use-submission.ts';
import styles from './details.module.css';

/** Changes the title; what was typed stays when that fails. */
export function RenameForm({ summary }: { readonly summary: ConversationSummary }): ReactElement {
  const { people, common, details: say } = useTexts();
  const conversation = useConversation(summary.id);
  const [typed, setTyped] = useState(summary.title ?? '');
  const title = typed.trim() === '' ? null : typed.trim();
  const { isBusy, error, submit } = useSubmission(() => conversation.update({ title }));
  const isRefused = isCauserieError(error, 'VALIDATION_FAILED');
  return (
    <form
      className={styles.settings}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void submit(new FormData(event.currentTarget));
      }}
    >
      <TextField
        label={people.title}
        hint={people.titleHint}
        problem={isRefused ? say.titleRefused : undefined}
        maxLength={255}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {!isRefused && <Problem error={error} />}
      {title !== summary.title && (
        <div className={styles.buttons}>
          <Button type="submit" look="main" aria-disabled={isBusy}>
            {common.save}
          </Button>
        </div>
      )}
    </form>
  );
}
