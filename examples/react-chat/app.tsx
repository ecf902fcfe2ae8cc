// A chat in React: the library holds the state, so that the components only show it.
import type { TimelineItem } from '@causerie/client';
import * as chat from '@causerie/react';
import { type ReactElement, useEffect, useState } from 'react';

export function App(): ReactElement | null {
  const { status, user } = chat.useSession();
  // Another user is another chat: nothing of the one before stays.
  if (user) return <Chat key={user.id} />;
  return status === 'unknown' ? null : <Login />;
}

function Login(): ReactElement {
  const { session } = chat.useClient();
  const [refusal, setRefusal] = useState('');
  async function logIn(form: FormData): Promise<void> {
    const input = Object.fromEntries(form) as Record<'email' | 'password', string>;
    await session.login(input).catch((error: Error) => setRefusal(error.message));
  }
  return (
    <form action={logIn}>
      <input name="email" type="email" placeholder="E-mail" autoComplete="username" required />
      <input
        name="password"
        type="password"
        placeholder="Password"
        autoComplete="current-password"
        required
      />
      <button>Log in</button>
      <output>{refusal}</output>
    </form>
  );
}

function Chat(): ReactElement {
  const { session } = chat.useClient();
  const { items } = chat.useConversations();
  const [shown, setShown] = useState('');
  function logOut(): void {
    session.logout().catch(() => {
      if (confirm('Some messages are not sent. Log out?')) void session.logout({ discard: true });
    });
  }
  return (
    <main>
      <p role="status">{chat.useConnection().status}</p>
      {items.map(({ id, title, other, unreadCount }) => (
        <button key={id} onClick={() => setShown(id)}>
          {title ?? other?.displayName ?? 'Group'} ({unreadCount})
        </button>
      ))}
      {shown && <Conversation key={shown} id={shown} />}
      <button onClick={logOut}>Log out</button>
    </main>
  );
}

const renderItem = (item: TimelineItem): string =>
  item.kind === 'message'
    ? `${item.message.sender.displayName}: ${item.message.content}`
    : `${item.pending.content} (${item.pending.status})`;

function Conversation({ id }: { readonly id: string }): ReactElement {
  const conversation = chat.useConversation(id);
  const timeline = chat.useOpenTimeline(id);
  const { dividerSeq } = chat.useVisit(id);
  const lastSeq = chat.useSummary(id)?.lastSeq;
  const [draft, setDraft] = chat.useDraft(id);
  const [isAtEnd, setAtEnd] = useState(false);
  useEffect(() => {
    if (isAtEnd) conversation.markRead();
  }, [conversation, isAtEnd, lastSeq]);

  function send(): void {
    if (draft.trim() !== '') conversation.send(draft);
    setDraft('');
  }
  function write(text: string): void {
    setDraft(text);
    conversation.notifyTyping();
  }
  return (
    <section>
      <chat.MessageWindow
        style={{ height: 300 }}
        timeline={timeline}
        renderItem={renderItem}
        dividerSeq={dividerSeq}
        divider={<hr />}
        onEndChange={({ pinned }) => setAtEnd(pinned)}
      />
      <Typing id={id} />
      <form action={send}>
        <input aria-label="Message" value={draft} onChange={({ target }) => write(target.value)} />
        <button>Send</button>
      </form>
    </section>
  );
}

/** A component of its own: whoever types renders nothing else again. */
function Typing({ id }: { readonly id: string }): ReactElement {
  return <p>{chat.useTyping(id).length > 0 && 'Somebody is typing …'}</p>;
}
