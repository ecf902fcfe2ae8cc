import { createClient } from '@causerie/client';
import { createTestServer } from '@causerie/client/testing';
import { expect, it } from 'vitest';
import { showChat } from './chat-view.js';

/** Ada looks at the chat; Bob is somewhere else. */
async function openChat() {
  const server = createTestServer();
  const [ada, bob] = [server.user('Ada'), server.user('Bob')];
  const id = server.conversation(ada, bob);
  const client = createClient({ url: server.url, clock: server.clock, transport: server.transport() });
  await client.session.adopt(ada.tokens);
  client.connect();

  let lines: readonly string[] = [];
  showChat(client.conversation(id), (drawn) => (lines = drawn));
  await server.clock.idle();
  return { server, bob, id, client, lines: () => lines };
}

it('shows what others write', async () => {
  const { server, bob, id, lines } = await openChat();
  server.say(bob, id, 'Hello Ada!');
  await server.clock.idle();
  expect(lines()).toEqual(['Bob: Hello Ada!']);
});

it('shows what is sent at once, and what was said meanwhile when the network is back', async () => {
  const { server, bob, id, client, lines } = await openChat();
  server.faults.goOffline();
  client.conversation(id).send('Are you there?');
  server.say(bob, id, 'I am on the train.');
  await server.clock.advance(10_000);
  expect(lines()).toEqual(['Are you there? (sending)']);

  server.faults.goOnline();
  await server.clock.advance(30_000);
  expect(lines()).toEqual(['Bob: I am on the train.', 'Ada: Are you there?']);
});

it('says when a message could not be sent', async () => {
  const { server, id, client, lines } = await openChat();
  server.faults.refuse('POSTING_RESTRICTED');
  client.conversation(id).send('Buy now!');
  await server.clock.idle();
  expect(lines()).toEqual(['Buy now! (not sent)']);
});

it('opens one connection', async () => {
  const { server } = await openChat();
  expect(server.requests.filter(({ kind }) => kind === 'socket').length).toBe(1);
});
