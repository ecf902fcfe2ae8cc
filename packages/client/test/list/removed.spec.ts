import { expect, it } from 'vitest';
import { createList } from '../../src/list/create-list.ts';
import { createStore } from '../../src/observable/create-store.ts';
import { settle } from '../support/fake-clock.ts';
import { conversationOf, fakeScope } from '../support/fake-scope.ts';

it('a conversation that is removed while an older page is on its way is not listed again', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const { scope } = fakeScope({ 'GET /chat/conversations': () => promise });
  const list = createList(scope, createStore(new Map()), () => expect.unreachable());
  scope.directory.put(conversationOf({ id: 'left' }));
  const loaded = list.load();
  await settle();
  scope.directory.remove('left');
  resolve({ data: [conversationOf({ id: 'left' }), conversationOf({ id: 'kept' })], nextCursor: null });
  await loaded;
  expect([...scope.directory.rows.getSnapshot().keys()]).toEqual(['kept']);
});

it('a conversation that is removed while it is read is not listed again', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const { scope, tell } = fakeScope({
    'GET /chat/conversations': () => ({ data: [], nextCursor: null }),
    'GET /chat/conversations/:id': () => promise,
  });
  const list = createList(scope, createStore(new Map()), () => expect.unreachable());
  await list.load();
  tell('new_message', { conversationId: 'left' });
  scope.directory.remove('left');
  resolve(conversationOf({ id: 'left' }));
  await settle();
  expect(scope.directory.rows.getSnapshot().size).toBe(0);
});

it('a conversation that is added again is listed', async () => {
  const { scope } = fakeScope({
    'GET /chat/conversations': () => ({ data: [conversationOf()], nextCursor: null }),
  });
  scope.directory.put(conversationOf());
  scope.directory.remove('c1');
  await createList(scope, createStore(new Map()), () => expect.unreachable()).load();
  expect(scope.directory.get('c1')).toBeDefined();
});

it('a conversation that was asked for by another user is not listed', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const { scope } = fakeScope({ 'GET /chat/conversations/:id': () => promise });
  const reading = scope.readRow('c1');
  scope.directory.clear();
  resolve(conversationOf());
  await reading;
  expect(scope.directory.rows.getSnapshot().size).toBe(0);
});
