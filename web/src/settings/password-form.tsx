import { isCauserieError, limits, type OwnProfile } from '@causerie/client';
import { useClient } from '@causerie/react';
import type { ReactElement } from 'react';
import { leave } from '../session/leaving.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useTexts } from '../texts/texts-context.ts';
import { TextField } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast-state.ts';
import { useSubmission } from '../ui/use-submission.ts';
import { Group } from './group.tsx';
import { SettingsForm } from './settings-form.tsx';

/** Changes the password, which ends all sessions. */
export function PasswordForm({ user }: { readonly user: OwnProfile }): ReactElement {
  const say = useSettingsTexts();
  const { session: fields } = useTexts();
  const { session } = useClient();
  const submission = useSubmission(async ({ currentPassword = '', newPassword = '' }) => {
    await leave(() => session.changePassword({ currentPassword, newPassword }));
    showToast(say.passwordChanged);
  });
  const { error, problemOf } = submission;
  const isWrong = isCauserieError(error, 'INVALID_CREDENTIALS');
  return (
    <Group title={say.password} text={say.passwordText}>
      <SettingsForm
        submission={submission}
        isOfField={isWrong || isCauserieError(error, 'VALIDATION_FAILED')}
        action={say.changePassword}
      >
        {/* Password managers want to know whose it is. */}
        <input hidden name="username" autoComplete="username" value={user.email} readOnly />
        <TextField
          label={say.currentPassword}
          problem={isWrong ? say.wrongPassword : undefined}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          maxLength={limits.password.max}
          required
        />
        <TextField
          label={say.newPassword}
          hint={fields.passwordHint}
          problem={problemOf('newPassword', fields.passwordRefused)}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          minLength={limits.password.min}
          maxLength={limits.password.max}
          required
        />
      </SettingsForm>
    </Group>
  );
}
