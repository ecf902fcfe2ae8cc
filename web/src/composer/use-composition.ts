import type { Outgoing, Pending } from '@causerie/client';
import { useConversation, useDraft } from '@causerie/react';
import { useRef, useState } from 'react';
import type { Mentioned, MentionedPeople } from '../mentions/use-mentioned.ts';
import { useAttempt } from '../ui/use-attempt.ts';
import type { Composing } from './composing.ts';
import { lengthOf, LONGEST } from './length.ts';
import { useComposing, useComposingStore } from './use-composing.ts';

/** What is being written in a conversation, and what becomes of it. */
export interface Composition {
  readonly composing: Composing | null;
  readonly text: string;
  readonly canSubmit: boolean;
  readonly setText: (text: string) => void;
  readonly submit: () => void;
  /** Back to the draft. */
  readonly leave: () => void;
}

/**
 * @param onSend is told when a message is on its way
 * @param mentionedIn whom a text mentions
 */
export function useComposition(
  id: string,
  onSend: () => void,
  mentionedIn: MentionedPeople['mentionedIn'],
): Composition {
  const attempt = useAttempt();
  const conversation = useConversation(id);
  const [draft, setDraft] = useDraft(id);
  const composing = useComposing(id);
  const store = useComposingStore();
  const [isBusy, setBusy] = useState(false);
  /** The draft that is on its way to the storage: it is shown until it is there, and not sent twice. */
  const leaving = useRef<string>(undefined);
  const isOther = composing?.kind === 'edit' || composing?.kind === 'recall';
  const text = isOther ? composing.text : draft;
  const leave = (): void => store.set(id, null);

  function setText(next: string): void {
    if (isOther) store.set(id, { ...composing, text: next });
    else setDraft(next);
  }

  function send(): void {
    if (leaving.current === draft) return;
    const reply = composing?.kind === 'reply' ? { replyToId: composing.to.id } : {};
    const { stored } = conversation.send({ content: draft, ...reply, ...withMentions(mentionedIn(draft)) });
    leaving.current = draft;
    const end = (): void => {
      leaving.current = undefined;
      // What was typed in the meantime stays.
      if (conversation.draft.getSnapshot() === draft) setDraft('');
    };
    void stored.then(end, end);
    leave();
  }

  function resend({ pending, text: content }: Extract<Composing, { kind: 'recall' }>): void {
    const mentioned = withMentions(mentionedIn(content, pending.mentions));
    conversation.send({ ...withoutState(pending), content, ...mentioned });
    conversation.discard(pending.clientMessageId);
    leave();
  }

  async function edit({ message, text: content }: Extract<Composing, { kind: 'edit' }>): Promise<void> {
    setBusy(true);
    try {
      const change = { content, ...mentionedIn(content, message.mentions) };
      const edited = content === message.content ? message : await conversation.edit(message.id, change);
      const now = store.get(id);
      // What was typed in the meantime stays.
      if (now?.kind === 'edit' && now.message.id === message.id)
        store.set(id, now.text === content ? null : { ...now, message: edited });
    } finally {
      setBusy(false);
    }
  }

  async function act(): Promise<void> {
    if (composing?.kind === 'edit') return edit(composing);
    if (composing?.kind === 'recall') resend(composing);
    else send();
    onSend();
  }
  const canSubmit = !isBusy && text.trim() !== '' && lengthOf(text) <= LONGEST;
  return { composing, text, canSubmit, setText, submit: () => canSubmit && void attempt(act), leave };
}

/** What is sent of a message that was sent before, under an id of its own; whom its new text mentions is found anew. */
function withoutState(pending: Pending): Outgoing {
  const { clientMessageId: _id, conversationId: _conversation, createdAt: _time, ...outgoing } = pending;
  const { status: _status, error: _error, attempts: _attempts, ...sent } = outgoing;
  const { mentions: _mentions, mentionsAll: _mentionsAll, ...rest } = sent;
  return rest;
}

/** A message that mentions nobody says nothing of it. */
const withMentions = ({ mentions, mentionsAll }: Mentioned): Pick<Outgoing, 'mentions' | 'mentionsAll'> => ({
  ...(mentions.length > 0 && { mentions }),
  ...(mentionsAll && { mentionsAll }),
});
