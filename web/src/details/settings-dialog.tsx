import type { ConversationSummary } from '@causerie/client';
import { useConversation } from '@causerie/react';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SavedSelect } from '../ui/saved-select.tsx';
import { RenameForm } from './rename-form.tsx';
import { SlowModeSelect } from './slow-mode-select.tsx';

interface SettingsDialogProps {
  readonly summary: ConversationSummary;
  readonly onClose: () => void;
}

/** The settings of a group, which hold for everybody. */
export function SettingsDialog({ summary, onClose }: SettingsDialogProps): ReactElement {
  const { details: say } = useTexts();
  const conversation = useConversation(summary.id);
  const { posting = 'all', adding = 'admins' } = summary.details;
  const circles = (['all', 'admins'] as const).map((value) => ({ value, text: say.circles[value] }));
  return (
    <Dialog title={say.settings} onClose={onClose}>
      <RenameForm summary={summary} />
      <SavedSelect
        label={say.posting}
        options={circles}
        value={posting}
        onSave={(value) => conversation.update({ posting: value })}
      />
      <SavedSelect
        label={say.adding}
        options={circles}
        value={adding}
        onSave={(value) => conversation.update({ adding: value })}
      />
      <SlowModeSelect summary={summary} />
    </Dialog>
  );
}
