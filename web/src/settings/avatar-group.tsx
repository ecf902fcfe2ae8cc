import type { OwnProfile } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ChangeEvent, type ReactElement, useRef } from 'react';
import { useIsAway } from '../app/use-is-away.ts';
import { Avatar } from '../people/avatar.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { useAction } from '../ui/use-action.ts';
import { avatarProblem } from './avatar-problem.ts';
import { Group } from './group.tsx';
import styles from './settings.module.css';
import { useObjectUrl } from './use-object-url.ts';

/** The picture: a new one is shown while it is sent, and the old one again when it is refused. */
export function AvatarGroup({ user }: { readonly user: OwnProfile }): ReactElement {
  const say = useSettingsTexts();
  const { session } = useClient();
  const { isBusy, error, run } = useAction();
  const [preview, setPreview] = useObjectUrl();
  const isDisabled = useIsAway() || isBusy;
  const field = useRef<HTMLInputElement>(null);
  async function send({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = target.files?.[0];
    if (!file) return;
    setPreview(file);
    await run(() => session.setAvatar(file));
    setPreview(null);
    // The same file can be chosen again.
    target.value = '';
  }
  return (
    <Group title={say.picture}>
      <div className={styles.person}>
        <Avatar id={user.id} name={user.displayName} url={preview ?? user.avatarUrl} size="large" />
        <div className={styles.buttons}>
          <Button aria-disabled={isDisabled} onClick={() => !isDisabled && field.current?.click()}>
            {say.choosePicture}
          </Button>
          {user.avatarUrl !== null && (
            <Button
              aria-disabled={isDisabled}
              onClick={() => !isDisabled && void run(() => session.removeAvatar())}
            >
              {say.removePicture}
            </Button>
          )}
        </div>
        <input
          ref={field}
          hidden
          type="file"
          aria-label={say.choosePicture}
          accept="image/jpeg,image/png,image/webp"
          onChange={(event) => void send(event)}
        />
      </div>
      {preview !== null && <progress className={styles.progress} aria-label={say.pictureIsSent} />}
      <Problem error={error} text={avatarProblem(say, error)} />
      <small className={styles.quiet}>{say.pictureHint}</small>
    </Group>
  );
}
