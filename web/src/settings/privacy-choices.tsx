import type { Circle, OwnProfile, UpdateProfile } from '@causerie/client';
import { useClient } from '@causerie/react';
import type { ReactElement } from 'react';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { SavedCheck } from '../ui/saved-check.tsx';
import { SavedSelect } from '../ui/saved-select.tsx';
import { Group } from './group.tsx';
import styles from './settings.module.css';

interface PrivacyChoicesProps {
  readonly profile: OwnProfile;
  readonly onSaved: (profile: OwnProfile) => void;
}

const CIRCLES: readonly Circle[] = ['everyone', 'contacts', 'nobody'];

export function PrivacyChoices({ profile, onSaved }: PrivacyChoicesProps): ReactElement {
  const say = useSettingsTexts();
  const { session } = useClient();
  const circles = CIRCLES.map((value) => ({ value, text: say.circles[value] }));
  const { addableBy = 'everyone', presence = 'everyone', readReceipts = true } = profile;
  const save = async (change: UpdateProfile): Promise<void> => onSaved(await session.updateProfile(change));
  return (
    <>
      <Group title={say.reachable}>
        <SavedSelect
          label={say.whoAdds}
          options={circles}
          value={addableBy}
          onSave={(value) => save({ addableBy: value })}
        />
      </Group>
      <Group title={say.reading}>
        <SavedSelect
          label={say.whoSeesPresence}
          options={circles}
          value={presence}
          onSave={(value) => save({ presence: value })}
        />
        <small className={styles.quiet}>{say.presenceHint}</small>
        <SavedCheck
          label={say.receipts}
          value={readReceipts}
          onSave={(value) => save({ readReceipts: value })}
        />
        <small className={styles.quiet}>{say.receiptsHint}</small>
      </Group>
    </>
  );
}
