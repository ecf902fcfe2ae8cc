// A chat without a framework: log in, choose a conversation, read, write. It stays whole through breaks and reloads.
import { type Conversation, createClient, webStorage } from '@causerie/client';

const client = createClient({ storage: webStorage() });
const { session, conversations, connection } = client;
const find = (id: string): HTMLElement => document.querySelector<HTMLElement>(`#${id}`) ?? document.body;
const input = (name: string): HTMLInputElement => document.getElementsByName(name)[0] as HTMLInputElement;
const row = (...content: (string | Node)[]): HTMLElement => {
  const element = document.createElement('li');
  element.append(...content);
  return element;
};

let shown: Conversation | undefined;
let close = (): void => undefined;

function open(conversation: Conversation | undefined): void {
  close();
  shown = conversation;
  find('messages').replaceChildren();
  if (!conversation) return;
  const { timeline } = conversation;
  const showMessages = (): void => {
    const rows = timeline
      .getSnapshot()
      .items.map((item) =>
        item.kind === 'message'
          ? row(`${item.message.sender.displayName}: ${item.message.content}`)
          : row(`${item.pending.content} (${item.pending.status})`),
      );
    find('messages').replaceChildren(...rows);
    conversation.markRead();
  };
  close = timeline.subscribe(showMessages);
  showMessages();
  void timeline.open('latest');
}

function showConversations(): void {
  const rows = conversations.getSnapshot().items.map(({ id, title, other, unreadCount }) => {
    const button = document.createElement('button');
    button.append(`${title ?? other?.displayName ?? 'Group'} (${unreadCount})`);
    button.addEventListener('click', () => open(client.conversation(id)));
    return row(button);
  });
  find('conversations').replaceChildren(...rows);
}

function showSession(): void {
  const { status, user } = session.state.getSnapshot();
  find('login').hidden = status !== 'signed-out';
  find('chat').hidden = !user;
  // Nothing of another user stays on the page.
  open(undefined);
  if (user) void conversations.load();
}

session.state.subscribe(showSession);
conversations.subscribe(showConversations);
connection.subscribe(() => find('connection').replaceChildren(connection.getSnapshot().status));

find('login').addEventListener('submit', (event) => {
  event.preventDefault();
  const refuse = (error: Error): void => find('refusal').replaceChildren(error.message);
  find('refusal').replaceChildren();
  session.login({ email: input('email').value, password: input('password').value }).catch(refuse);
});
find('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  if (input('content').value.trim() !== '') shown?.send(input('content').value);
  input('content').value = '';
});
find('composer').addEventListener('input', () => shown?.notifyTyping());
find('older').addEventListener('click', () => void shown?.timeline.loadOlder());
find('logout').addEventListener('click', () => {
  session.logout().catch(() => {
    if (confirm('Some messages are not sent. Log out?')) void session.logout({ discard: true });
  });
});

client.connect();
await session.restore();
