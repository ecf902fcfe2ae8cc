import type { NewInvite as Made } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { useAction } from '../ui/use-action.ts';
import { HistoryField } from './add-dialog.tsx';
import styles from './details.module.css';
import { duration } from './duration.ts';
import { InviteLink } from './invite-link.tsx';

const LASTING = ['3600', '86400', '604800', '2592000'] as const;
/** The last one is the most that the server admits. */
const USES = ['1', '10', '100', '5000'] as const;

interface NewInviteProps {
  readonly id: string;
  readonly onMade: (invite: Made) => void;
}

/** Makes an invite, and shows its link: the only time that anybody sees it. */
export function NewInvite({ id, onMade }: NewInviteProps): ReactElement {
  const { texts, language } = useSpeech();
  const { details: say } = texts;
  const client = useClient();
  const [seconds, setSeconds] = useState<(typeof LASTING)[number]>('604800');
  const [uses, setUses] = useState<(typeof USES)[number]>('5000');
  const [history, setHistory] = useState<'all' | 'none'>('all');
  const [made, setMade] = useState<Made | null>(null);
  const { isBusy, error, run } = useAction();

  async function make(): Promise<void> {
    const body = { expiresInSeconds: Number(seconds), maxUses: Number(uses), history };
    const invite = await client.call('POST /chat/conversations/:id/invites', { params: { id }, body });
    setMade(invite);
    onMade(invite);
  }
  return (
    <div className={styles.settings}>
      <SelectField
        label={say.lasts}
        options={LASTING.map((value) => ({ value, text: duration(language, Number(value)) }))}
        value={seconds}
        onChange={setSeconds}
      />
      <SelectField
        label={say.uses}
        options={USES.map((value) => ({ value, text: value === '5000' ? say.anyUses : value }))}
        value={uses}
        onChange={setUses}
      />
      <HistoryField value={history} onChange={setHistory} />
      <Problem error={error} />
      <div className={styles.buttons}>
        <Button look="main" aria-disabled={isBusy} onClick={() => void run(make)}>
          {say.makeInvite}
        </Button>
      </div>
      {made && <InviteLink key={made.id} token={made.token} />}
    </div>
  );
}
