import type { ConversationSummary } from '@causerie/client';
import { useConversation } from '@causerie/react';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { SavedCheck } from '../ui/saved-check.tsx';
import { SavedSelect } from '../ui/saved-select.tsx';
import styles from './details.module.css';
import { MuteSelect } from './mute-select.tsx';

/** What the conversation is to oneself, which nobody else sees. */
export function OwnSettings({ summary }: { readonly summary: ConversationSummary }): ReactElement {
  const { details: say } = useTexts();
  const { id, details } = summary;
  const { notify = 'all', pinnedAt, archivedAt } = details.me;
  const conversation = useConversation(id);
  return (
    <div className={styles.settings}>
      <MuteSelect summary={summary} />
      <SavedSelect
        label={say.notify}
        options={(['all', 'mentions', 'none'] as const).map((value) => ({
          value,
          text: say.notifyLevels[value],
        }))}
        value={notify}
        onSave={(value) => conversation.updateOwn({ notify: value })}
      />
      <SavedCheck
        label={say.pin}
        value={pinnedAt !== undefined}
        onSave={(pinned) => conversation.updateOwn({ pinned })}
      />
      <SavedCheck
        label={say.archive}
        value={archivedAt !== undefined}
        onSave={(archived) => conversation.updateOwn({ archived })}
      />
    </div>
  );
}
