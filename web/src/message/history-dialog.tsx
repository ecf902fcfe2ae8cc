import type { Message } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { exactTime } from '../texts/times.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { Waiting } from '../ui/waiting.tsx';
import styles from './history-dialog.module.css';
import { MessageText } from './message-text.tsx';

const VERSIONS = 'GET /chat/conversations/:id/messages/:messageId/versions';
/** The server keeps no more. */
const ALL = 100;

interface HistoryDialogProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** What a message said before it was edited. */
export function HistoryDialog({ message, onClose }: HistoryDialogProps): ReactElement {
  const { texts, language } = useSpeech();
  const { message: say } = texts;
  const client = useClient();
  const { id: messageId, conversationId: id } = message;
  const loaded = useLoaded(
    useCallback(
      () => client.call(VERSIONS, { params: { id, messageId }, query: { limit: ALL } }),
      [client, id, messageId],
    ),
  );
  const versions = loaded.value?.data;
  return (
    <Dialog title={say.history} onClose={onClose}>
      {!versions && <Waiting for={loaded} />}
      {versions?.length === 0 && <p>{say.noHistory}</p>}
      <ol className={styles.list} aria-busy={!versions && loaded.error === null}>
        {versions?.map(({ version, content, validUntil }) => (
          <li key={version}>
            <time dateTime={validUntil}>{say.until(exactTime(language, validUntil))}</time>
            <MessageText text={content} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
