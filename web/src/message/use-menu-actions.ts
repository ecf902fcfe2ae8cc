import type { Message } from '@causerie/client';
import { useConversation } from '@causerie/react';
import { useLocation } from 'wouter';
import { messageAddress, threadAddress } from '../app/addresses.ts';
import { OPENED_HERE } from '../app/opened-here.ts';
import { useComposingStore } from '../composer/use-composing.ts';
import { useTexts } from '../texts/texts-context.ts';
import { copyText } from '../ui/copy-text.ts';
import { useAttempt } from '../ui/use-attempt.ts';
import type { Opened } from './opened.ts';
import type { Allowed } from './rights.ts';

export interface MenuAction {
  readonly kind: 'thread' | 'edit' | 'history' | 'pin' | 'unpin' | 'text' | 'link' | 'unread' | 'delete';
  readonly text: string;
  readonly act: () => void;
}

/** What the menu of a message offers: only what the server allows. */
export function useMenuActions(
  message: Message,
  allowed: Allowed,
  onOpen: (opened: Opened) => void,
): readonly MenuAction[] {
  const { message: say } = useTexts();
  const { id, conversationId, seq, content, deletedAt, thread, pinnedAt } = message;
  const conversation = useConversation(conversationId);
  const composing = useComposingStore();
  const attempt = useAttempt();
  const [, navigate] = useLocation();
  const copy = (text: string): void => void attempt(() => copyText(text), say.copied);
  const actions: readonly (MenuAction | false)[] = [
    allowed.openThread && {
      kind: 'thread',
      text: thread?.replyCount ? say.thread : say.beginThread,
      act: () => navigate(threadAddress(conversationId, id), { state: OPENED_HERE }),
    },
    allowed.edit && {
      kind: 'edit',
      text: say.edit,
      act: () => composing.set(conversationId, { kind: 'edit', message, text: content }),
    },
    allowed.seeHistory && { kind: 'history', text: say.history, act: () => onOpen('history') },
    allowed.pin &&
      (pinnedAt === undefined
        ? { kind: 'pin', text: say.pin, act: () => void attempt(() => conversation.pin(id)) }
        : { kind: 'unpin', text: say.unpin, act: () => void attempt(() => conversation.unpin(id)) }),
    deletedAt === null && { kind: 'text', text: say.copyText, act: () => copy(content) },
    {
      kind: 'link',
      text: say.copyLink,
      act: () => copy(location.origin + messageAddress(conversationId, seq)),
    },
    {
      kind: 'unread',
      text: say.markUnread,
      act: () => void attempt(() => conversation.markUnread(seq - 1), say.markedUnread),
    },
    allowed.delete && { kind: 'delete', text: say.delete, act: () => onOpen('delete') },
  ];
  return actions.filter((action) => action !== false);
}
