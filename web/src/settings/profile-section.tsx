import { useSession } from '@causerie/react';
import type { ReactElement } from 'react';
import { AvatarGroup } from './avatar-group.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Section } from './section.tsx';

/** How others see one, and the account. */
export function ProfileSection(): ReactElement | null {
  const { user } = useSession();
  if (!user) return null;
  return (
    <Section name="profile">
      <AvatarGroup user={user} />
      <ProfileForm user={user} />
      <PasswordForm user={user} />
      <DeleteAccount />
    </Section>
  );
}
