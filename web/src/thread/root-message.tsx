import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { messageAddress } from '../app/addresses.ts';
import { JumpContext } from '../jump/jump-context.ts';
import { EditedMark } from '../message/edited-mark.tsx';
import { MessageHead } from '../message/message-head.tsx';
import { MessageText } from '../message/message-text.tsx';
import { Reactions } from '../message/reactions.tsx';
import { RowFrame } from '../message/row-frame.tsx';
import { spokenOf } from '../message/spoken.ts';
import { useReactions } from '../message/use-reactions.ts';
import { useSpeaker } from '../message/use-speaker.ts';
import { useRights } from '../message/use-rights.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './thread.module.css';
import type { StoredItem } from './use-root.ts';

/** The message at which a thread begins. Everything else that one can do with it is done in the conversation. */
export function RootMessage({ root }: { readonly root: StoredItem }): ReactElement {
  const { conversation, thread } = useTexts();
  const { message, own } = root;
  const said = { mentions: message.mentions, mentionsAll: message.mentionsAll };
  const spoken = spokenOf(root, useSpeaker());
  const [, navigate] = useLocation();
  const jump = (seq: number): void => navigate(messageAddress(message.conversationId, seq));
  const { mayWrite } = useRights(message.conversationId);
  const { shown, toggle } = useReactions(message, own);
  return (
    // A long message is scrolled by keys, too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.root} aria-label={thread.beginning} tabIndex={0}>
      <RowFrame spoken={spoken} isFirst>
        <JumpContext value={jump}>
          <MessageHead item={root} />
        </JumpContext>
        {spoken.isDeleted ? <i>{conversation.deleted}</i> : <MessageText {...said} text={spoken.content} />}
        {!spoken.isDeleted && message.editedAt !== null && <EditedMark onClick={undefined} />}
        {!spoken.isDeleted && shown.length > 0 && (
          <Reactions reactions={shown} mayReact={mayWrite} onToggle={toggle} />
        )}
      </RowFrame>
    </section>
  );
}
