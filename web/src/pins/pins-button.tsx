import { type ReactElement, useState } from 'react';
import { Pin } from '../ui/icons.ts';
import type { Jump } from '../jump/jump-context.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { usePart } from '../ui/use-part.ts';

interface PinsButtonProps {
  readonly id: string;
  readonly onJump: Jump;
}

const loadDialog = async () => (await import('./pins-dialog.tsx')).PinsDialog;

/** Shows what is pinned in a conversation. */
export function PinsButton({ id, onJump }: PinsButtonProps): ReactElement {
  const { pins } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [PinsDialog, load] = usePart(loadDialog);
  const close = (): void => setOpen(false);
  return (
    <>
      <IconButton
        icon={Pin}
        label={pins.pinned}
        aria-haspopup="dialog"
        onClick={() => void load().then(setOpen)}
      />
      {isOpen && PinsDialog && (
        <PinsDialog
          id={id}
          onClose={close}
          onJump={(seq) => {
            close();
            onJump(seq);
          }}
        />
      )}
    </>
  );
}
