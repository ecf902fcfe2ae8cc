import type { Message } from '@causerie/client';
import { useConversation } from '@causerie/react';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { HistoryDialog } from './history-dialog.tsx';

interface MessageDialogProps {
  readonly kind: 'delete' | 'history';
  readonly message: Message;
  readonly onClose: () => void;
}

/** Asks before a message is deleted, or shows what it said before. */
export default function MessageDialog({ kind, message, onClose }: MessageDialogProps): ReactElement {
  const { message: say } = useTexts();
  const conversation = useConversation(message.conversationId);
  if (kind === 'history') return <HistoryDialog message={message} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={say.deleteQuestion}
      text={say.deleteHint}
      action={say.delete}
      onConfirm={() => conversation.deleteMessage(message.id)}
      onClose={onClose}
    />
  );
}
