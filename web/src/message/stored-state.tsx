import type { TimelineItem } from '@causerie/client';
import type { Dispatch, ReactElement, RefObject, SetStateAction } from 'react';
import { threadAddress } from '../app/addresses.ts';
import { useUserId } from '../people/use-user-id.ts';
import { EditedMark } from './edited-mark.tsx';
import { MessageActions } from './message-actions.tsx';
import type { Opened } from './opened.ts';
import { Reactions } from './reactions.tsx';
import { allowedWith } from './rights.ts';
import { ThreadLine } from './thread-line.tsx';
import { useReactions } from './use-reactions.ts';
import { useRights } from './use-rights.ts';

interface StoredStateProps {
  readonly item: Extract<TimelineItem, { kind: 'message' }>;
  readonly row: RefObject<HTMLElement | null>;
  /** Somebody is at the row. */
  readonly isActive: boolean;
  readonly opened: Opened;
  readonly onOpen: Dispatch<SetStateAction<Opened>>;
}

/** Below the text: what has become of the message, and what one can do with it. */
export function StoredState({ item, row, isActive, opened, onOpen }: StoredStateProps): ReactElement {
  const { message, own } = item;
  const { id, conversationId, deletedAt, editedAt, thread } = message;
  const allowed = allowedWith(message, useUserId(), useRights(conversationId));
  const { shown, toggle } = useReactions(message, own);
  const isThere = deletedAt === null;
  return (
    <>
      {isThere && editedAt !== null && (
        <EditedMark onClick={allowed.seeHistory ? () => onOpen('history') : undefined} />
      )}
      {isThere && shown.length > 0 && (
        <Reactions reactions={shown} mayReact={allowed.react} onToggle={toggle} />
      )}
      {thread && thread.replyCount > 0 && (
        <ThreadLine address={threadAddress(conversationId, id)} thread={thread} />
      )}
      {isActive && (
        <MessageActions
          message={message}
          allowed={allowed}
          row={row}
          opened={opened}
          onOpen={onOpen}
          onReact={toggle}
        />
      )}
    </>
  );
}
