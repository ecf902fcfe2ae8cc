import { useConversation } from '@causerie/react';
import type { ReactElement } from 'react';
import { Eraser } from '../ui/later-icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { AskingRow } from './asking-row.tsx';

/** Hides from oneself what was said until now. */
export function ClearRow({ id }: { readonly id: string }): ReactElement {
  const { details: say } = useTexts();
  const conversation = useConversation(id);
  return (
    <AskingRow
      icon={Eraser}
      row={say.clear}
      text={say.clearAsks}
      action={say.clearNow}
      onConfirm={() => conversation.clear()}
    />
  );
}
