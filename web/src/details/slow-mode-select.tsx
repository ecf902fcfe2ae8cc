import type { ConversationSummary } from '@causerie/client';
import { useConversation } from '@causerie/react';
import type { ReactElement } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { SavedSelect } from '../ui/saved-select.tsx';
import { duration } from './duration.ts';

const OFFERED = [5, 10, 30, 60, 300, 900, 3_600, 21_600];

/** How long members wait between two messages. What an application has set is offered, too. */
export function SlowModeSelect({ summary }: { readonly summary: ConversationSummary }): ReactElement {
  const { texts, language } = useSpeech();
  const { details: say } = texts;
  const conversation = useConversation(summary.id);
  const { slowModeSeconds = 0 } = summary.details;
  const seconds = [...new Set([...OFFERED, slowModeSeconds])].filter(Boolean).toSorted((a, b) => a - b);
  return (
    <SavedSelect
      label={say.slowMode}
      options={[
        { value: '0', text: say.noSlowMode },
        ...seconds.map((count) => ({ value: String(count), text: duration(language, count) })),
      ]}
      value={String(slowModeSeconds)}
      onSave={(value) => conversation.update({ slowModeSeconds: Number(value) })}
    />
  );
}
