import { isCauserieError, limits, type OwnProfile } from '@causerie/client';
import { useClient } from '@causerie/react';
import type { ReactElement } from 'react';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useTexts } from '../texts/texts-context.ts';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast-state.ts';
import { useSubmission } from '../ui/use-submission.ts';
import { Group } from './group.tsx';
import { SettingsForm } from './settings-form.tsx';

/** The name, and what one says of oneself; the address only to be seen. */
export function ProfileForm({ user }: { readonly user: OwnProfile }): ReactElement {
  const say = useSettingsTexts();
  const { session: fields, common } = useTexts();
  const { session } = useClient();
  const submission = useSubmission(async ({ displayName = '', bio = '' }) => {
    await session.updateProfile({ displayName, bio: bio.trim() === '' ? null : bio });
    showToast(say.saved);
  });
  const { error, problemOf } = submission;
  return (
    <Group title={say.about}>
      <SettingsForm
        submission={submission}
        isOfField={isCauserieError(error, 'VALIDATION_FAILED')}
        action={common.save}
      >
        <TextField
          label={fields.name}
          hint={fields.nameHint}
          problem={problemOf('displayName', fields.nameRefused)}
          name="displayName"
          autoComplete="name"
          defaultValue={user.displayName}
          maxLength={limits.displayName.max}
          required
        />
        <TextField label={fields.email} type="email" value={user.email} readOnly />
        <TextArea
          label={say.bio}
          problem={problemOf('bio', say.bioRefused)}
          name="bio"
          defaultValue={user.bio ?? ''}
          maxLength={limits.bio.max}
        />
      </SettingsForm>
    </Group>
  );
}
