import { expect, it } from 'vitest';
import { createFeed } from '../../src/sync/create-feed.ts';
import { createRooms } from '../../src/sync/create-rooms.ts';
import { settle } from '../support/fake-clock.ts';
import { conversationOf, fakeScope, messageOf } from '../support/fake-scope.ts';

it('tells of a conversation that is announced while all rooms are joined for the first time', async () => {
  const { scope, tell, comeOnline } = fakeScope();
  const rooms = createRooms(scope);
  const feed = createFeed(scope, rooms);
  const seqs: number[] = [];
  feed.on('message', ({ message }) => void seqs.push(message.seq));
  tell('conversation_added', conversationOf());
  const heads = { conversations: [], truncated: false, epoch: 'e1' };
  rooms.begin(heads);
  await comeOnline(heads);
  tell('new_message', messageOf(1));
  await settle();
  expect(seqs).toEqual([1]);
});
