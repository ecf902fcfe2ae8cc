import type { OwnProfile } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useCallback, useState } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { BlockedPeople } from './blocked-people.tsx';
import { PrivacyChoices } from './privacy-choices.tsx';
import { Section } from './section.tsx';

/** Who sees what of one, and who can write. It is read anew: another device may have changed it. */
export function PrivacySection(): ReactElement {
  const { common } = useTexts();
  const client = useClient();
  const [saved, setSaved] = useState<OwnProfile | null>(null);
  const { value, error, reload } = useLoaded(useCallback(() => client.call('GET /users/me'), [client]));
  const profile = saved ?? value;
  return (
    <Section name="privacy" needsConnection>
      {profile && <PrivacyChoices profile={profile} onSaved={setSaved} />}
      {!profile && error === null && <p>{common.loading}</p>}
      {!profile && error !== null && (
        <div>
          <Problem error={error} />
          <Button onClick={reload}>{common.retry}</Button>
        </div>
      )}
      <BlockedPeople />
    </Section>
  );
}
