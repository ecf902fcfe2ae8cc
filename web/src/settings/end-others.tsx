import { useClient } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { showToast } from '../ui/toast-state.ts';
import { endOtherDevices } from './end-other-devices.ts';

/** Ends all logins but this one. */
export function EndOthers({ onEnded }: { readonly onEnded: () => void }): ReactElement {
  const say = useSettingsTexts();
  const { session } = useClient();
  const [isAsking, setAsking] = useState(false);
  async function end(): Promise<void> {
    await endOtherDevices(session);
    showToast(say.othersEnded);
    onEnded();
  }
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {say.endOthers}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={say.endOthers}
          text={say.endOthersAsks}
          action={say.endDevice}
          onConfirm={end}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
