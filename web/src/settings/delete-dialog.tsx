import { type CauserieClient, isCauserieError } from '@causerie/client';
import { useClient } from '@causerie/react';
import type { ReactElement } from 'react';
import { leave } from '../session/leaving.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useTexts } from '../texts/texts-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast-state.ts';
import { useSubmission } from '../ui/use-submission.ts';
import { SettingsForm } from './settings-form.tsx';

/** Asks for the password before the account is deleted. */
export function DeleteDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const say = useSettingsTexts();
  const { session: fields } = useTexts();
  const client = useClient();
  const submission = useSubmission(async ({ password = '' }) => {
    await leave(() => deleteAccount(client, password));
    showToast(say.accountDeleted);
  });
  const isWrong = isCauserieError(submission.error, 'INVALID_CREDENTIALS');
  return (
    <Dialog title={say.deleteAccount} onClose={onClose}>
      <p>{say.deleteAsks}</p>
      <SettingsForm submission={submission} isOfField={isWrong} action={say.deleteNow} look="destroy">
        <TextField
          label={fields.password}
          problem={isWrong ? say.wrongPassword : undefined}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </SettingsForm>
    </Dialog>
  );
}

/** When the answer is lost, another request is told whether the session has ended with the account. */
async function deleteAccount(client: CauserieClient, password: string): Promise<void> {
  try {
    await client.session.deleteAccount(password);
  } catch (error) {
    if (isCauserieError(error, 'NETWORK', 'TIMEOUT', 'UNAVAILABLE'))
      await client.call('GET /users/me').catch(() => null);
    if (client.session.state.getSnapshot().status === 'signed-in') throw error;
  }
}
