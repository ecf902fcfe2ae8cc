import { type ReactElement, useState } from 'react';
import type { IconComponent } from '../ui/create-icon.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { RowButton } from '../ui/row-button.tsx';

interface AskingRowProps {
  readonly icon: IconComponent;
  readonly row: string;
  readonly text: string;
  readonly action: string;
  readonly onConfirm: () => Promise<unknown>;
}

/** A row for something that cannot be undone: it asks before. */
export function AskingRow({ icon, row, text, action, onConfirm }: AskingRowProps): ReactElement {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <RowButton icon={icon} text={row} isDanger onClick={() => setAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={row}
          text={text}
          action={action}
          onConfirm={onConfirm}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
