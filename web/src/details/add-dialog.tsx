import { isCauserieError, type PublicProfile } from '@causerie/client';
import { useConversation } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { PeoplePicker } from '../people/people-picker.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { errorText } from '../ui/error-text.ts';
import { SelectField } from '../ui/select-field.tsx';
import { useAction } from '../ui/use-action.ts';
import { useIsShown } from '../ui/use-is-shown.ts';
import styles from './details.module.css';
import { orDoneBefore } from './done-before.ts';
import problem from '../ui/problem.module.css';

interface AddDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Adds people, one after another: whoever is in is not chosen any more, so that what fails can be tried again. */
export function AddDialog({ id, onClose }: AddDialogProps): ReactElement {
  const texts = useTexts();
  const { details: say } = texts;
  const conversation = useConversation(id);
  const [chosen, setChosen] = useState<readonly PublicProfile[]>([]);
  const [history, setHistory] = useState<'all' | 'none'>('all');
  const [refused, setRefused] = useState('');
  const { isBusy, error, run } = useAction();
  const isShown = useIsShown();

  async function add(): Promise<void> {
    for (const [place, person] of chosen.entries()) {
      setRefused(person.displayName);
      await orDoneBefore(conversation.addMember(person.id, history), 'ALREADY_CONVERSATION_MEMBER');
      setChosen(chosen.slice(place + 1));
    }
    if (isShown.current) onClose();
  }
  const reason = isCauserieError(error, 'USER_NOT_REACHABLE') ? say.notAddable : errorText(texts, error);
  return (
    <Dialog title={say.addPeople} onClose={onClose}>
      <PeoplePicker chosen={chosen} onChange={setChosen} />
      <HistoryField value={history} onChange={setHistory} />
      <p className={problem.problem} role="alert">
        {error !== null && say.notAdded(refused, reason)}
      </p>
      <div className={styles.buttons}>
        <Button
          look="main"
          disabled={chosen.length === 0}
          aria-disabled={isBusy}
          onClick={() => void run(add)}
        >
          {say.addNow}
        </Button>
      </div>
    </Dialog>
  );
}

interface HistoryFieldProps {
  readonly value: 'all' | 'none';
  readonly onChange: (value: 'all' | 'none') => void;
}

/** Whether people who come see what was said before. */
export function HistoryField({ value, onChange }: HistoryFieldProps): ReactElement {
  const { details: say } = useTexts();
  const options = (['all', 'none'] as const).map((kind) => ({ value: kind, text: say.histories[kind] }));
  return <SelectField label={say.history} options={options} value={value} onChange={onChange} />;
}
