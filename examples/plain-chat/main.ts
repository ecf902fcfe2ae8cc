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

/** The button of each conversation stays the same: one that is replaced between press and release is not clicked. */
const buttons = new Map<string, HTMLButtonElement>();
function buttonOf(id: string): HTMLButtonElement {
  const known = buttons.get(id);
  if (known) return known;
  const button = document.createElement('button');
  button.addEventListener('click', () => open(client.conversation(id)));
  buttons.set(id, button);
  return button;
}

function showConversations(): void {
  const rows = conversations.getSnapshot().items.map(({ id, title, other, unreadCount }) => {
    const button = buttonOf(id);
    button.textContent = `${title ?? other?.displayName ?? 'Group'} (${unreadCount})`;
    return button.parentElement ?? row(button);
  });
  const { children } = find('conversations');
  const isSame = rows.length === children.length && rows.every((one, place) => one === children[place]);
  if (!isSame) find('conversations').replaceChildren(...rows);
}

let userId: string | undefined;
function showSession(): void {
  const { status, user } = session.state.getSnapshot();
  find('login').hidden = status !== 'signed-out';
  find('chat').hidden = !user;
  if (user?.id === userId) return;
  userId = user?.id;
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
