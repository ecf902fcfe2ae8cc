import type { TestServer } from '../../support/test-server.js';
import type { Recording } from './recording.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Two members who use stock clients: every event, and its most frequent refusals. */
export async function recordSocket(
  recording: Recording,
  server: TestServer,
  version: string,
  transport: string,
): Promise<void> {
  const [ada, bob, eve] = [
    await server.signUp('Ada'),
    await server.signUp('Bob'),
    await server.signUp('Eve'),
  ];
  const conversationId = await server.createConversation(ada, [bob]);
  const elsewhere = await server.createConversation(eve);
  const open = (auth: Record<string, unknown>, namespace?: string) =>
    recording.connect(version, transport, auth, namespace);

  const refused: [string, Record<string, unknown>, string?][] = [
    ['without a token', {}],
    ['with a bad token', { token: 'token-invalide' }],
    ['of an unknown namespace', { token: ada.token }, '/nowhere'],
  ];
  for (const [name, auth, namespace] of refused) {
    const client = open(auth, namespace);
    await client.step(`a handshake ${name}`, 2);
    client.disconnect();
  }

  const listener = open({ token: bob.token });
  await listener.step('Bob connects', 3);
  listener.emit('join_all');
  await listener.step('Bob joins all', 1);

  const client = open({ token: ada.token });
  await client.step('Ada connects', 3);
  client.emit('join_room', { conversationId });
  client.emit('send_message', { conversationId, content: 'Hello depuis WebSocket !' });
  await client.step('the script of the seed', 3);
  await listener.step('Bob hears it', 1);

  const once = { conversationId, content: 'Once', clientMessageId: 'once' };
  client.emit('send_message', once);
  await client.step('with an id of her own', 2);
  client.emit('send_message', once);
  await client.step('the same again', 1);
  client.emit('send_message', { ...once, content: 'Twice' });
  await client.step('the id for something else', 2);
  client.emit('send_message', { conversationId, content: ' ' });
  await client.step('nothing to say', 2);
  client.emit('send_message', { conversationId: elsewhere, content: 'Hello?' });
  await client.step('where she is no member', 2);
  client.emit('join_room', { conversationId: elsewhere });
  await client.step('nor may listen', 2);
  client.emit('join_room', { conversationId: NOBODY });
  await client.step('what there is not', 2);
  client.emit('edit_everything', {});
  await client.step('an event that there is not', 2);

  await listener.step('Bob hears what was said', 1);
  listener.emit('typing', { conversationId, isTyping: true });
  await listener.step('Bob types', 1);
  await client.step('Ada sees it', 1);
  listener.emit('mark_read', { conversationId, seq: 2 });
  await listener.step('Bob has read it', 2);
  await client.step('Ada learns it', 1);

  await recording.call('POST', `/chat/conversations/${conversationId}/messages`, {
    token: bob.token,
    body: { content: 'Over HTTP' },
  });
  await client.step('what is said over HTTP is heard', 1);
  await recording.call('POST', `/chat/conversations/${conversationId}/members`, {
    token: ada.token,
    body: { userId: eve.id },
  });
  await client.step('a member is added', 1);
  await listener.step('Bob has heard both', 2);
  await recording.call('POST', '/chat/conversations', { token: eve.token, body: { memberIds: [ada.id] } });
  await client.step('Ada is told of a new conversation', 1);

  client.emit('authenticate', { token: ada.token });
  await client.step('renews her token', 1);
  client.emit('authenticate', { token: bob.token });
  await client.step('has none but her own', 2);
  client.emit('leave_room', { conversationId });
  await client.step('leaves', 1);
  client.emit('typing', { conversationId, isTyping: true });
  await client.step('has left', 2);
  await recording.call('POST', '/auth/logout', { token: ada.token });
  await client.step('logs out', 3);
  client.disconnect();
  listener.disconnect();
}
