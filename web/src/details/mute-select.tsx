import type { ConversationSummary } from '@causerie/client';
import { useConversation } from '@causerie/react';
import type { ReactElement } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { shortDateTime } from '../texts/times.ts';
import { SavedSelect } from '../ui/saved-select.tsx';
import { isForever, isMuted, type Mute, MUTES, muteUntil } from './mute-until.ts';

export function MuteSelect({ summary }: { readonly summary: ConversationSummary }): ReactElement {
  const { texts, language } = useSpeech();
  const { details: say } = texts;
  const conversation = useConversation(summary.id);
  const until = summary.details.me.mutedUntil;
  const offered: readonly Mute[] = MUTES;
  const now =
    isMuted(until) && !isForever(until)
      ? [{ value: 'now' as const, text: say.mutedUntil(shortDateTime(language, until)) }]
      : [];
  return (
    <SavedSelect
      label={say.mute}
      options={[
        { value: 'off' as const, text: say.notMuted },
        ...now,
        ...offered.map((value) => ({ value, text: say.mutes[value] })),
      ]}
      value={!isMuted(until) ? 'off' : isForever(until) ? 'forever' : 'now'}
      onSave={async (value) => {
        if (value === 'now') return;
        await conversation.updateOwn({ mutedUntil: value === 'off' ? null : muteUntil(value) });
      }}
    />
  );
}
