import { type ReactElement, useState } from 'react';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { Button } from '../ui/button.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { Group } from './group.tsx';

export function DeleteAccount(): ReactElement {
  const say = useSettingsTexts();
  const [isAsking, setAsking] = useState(false);
  return (
    <Group title={say.deleteAccount} text={say.deleteText}>
      <Button look="danger" onClick={() => setAsking(true)}>
        {say.deleteAccount}
      </Button>
      {isAsking && <DeleteDialog onClose={() => setAsking(false)} />}
    </Group>
  );
}
