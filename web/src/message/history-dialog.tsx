import type { Message, Routes } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { exactTime } from '../texts/times.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Problem } from '../ui/problem.tsx';
import styles from './history-dialog.module.css';
import { MessageText } from './message-text.tsx';

const VERSIONS = 'GET /chat/conversations/:id/messages/:messageId/versions';
/** The server keeps no more. */
const ALL = 100;

type Versions = Routes[typeof VERSIONS]['answer']['data'];

interface HistoryDialogProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** What a message said before it was edited. */
export function HistoryDialog({ message, onClose }: HistoryDialogProps): ReactElement {
  const { texts, language } = useSpeech();
  const { message: say, common } = texts;
  const client = useClient();
  const { id: messageId, conversationId: id } = message;
  const [versions, setVersions] = useState<Versions | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(() => {
    client
      .call(VERSIONS, { params: { id, messageId }, query: { limit: ALL } })
      .then(({ data }) => setVersions(data), setError);
  }, [client, id, messageId]);
  useEffect(load, [load]);
  return (
    <Dialog title={say.history} onClose={onClose}>
      <Problem error={error} />
      {versions?.length === 0 && <p>{say.noHistory}</p>}
      <ol className={styles.list} aria-busy={!versions && error === null}>
        {versions?.map(({ version, content, validUntil }) => (
          <li key={version}>
            <time dateTime={validUntil}>{say.until(exactTime(language, validUntil))}</time>
            <MessageText text={content} />
          </li>
        ))}
      </ol>
      {error !== null && (
        <Button
          onClick={() => {
            setError(null);
            load();
          }}
        >
          {common.retry}
        </Button>
      )}
    </Dialog>
  );
}
