import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { ConnectedUsers } from './connected-users.js';

function watched(name = '/chat') {
  const users = new ConnectedUsers();
  const adapter = new EventEmitter();
  users.watchNamespace({ name, adapter } as never);
  const changes: string[] = [];
  users.onChange((userId, isConnected) => changes.push(`${userId} ${isConnected}`));
  return { users, adapter, changes };
}

it('follows the rooms of users, and no other rooms', () => {
  const { users, adapter, changes } = watched();
  for (const room of ['user:ada', 'session:1', 'a-conversation', 'user:bob'])
    adapter.emit('create-room', room);
  expect([users.isConnected('ada'), users.isConnected('eve'), users.listConnected()]).toEqual([
    true,
    false,
    ['ada', 'bob'],
  ]);
  for (const room of ['user:ada', 'session:1', 'a-conversation']) adapter.emit('delete-room', room);
  expect([users.isConnected('ada'), users.listConnected()]).toEqual([false, ['bob']]);
  expect(changes).toEqual(['ada true', 'bob true', 'ada false']);
});

it('ignores rooms of the same name in other namespaces', () => {
  const { users, adapter } = watched('/news');
  adapter.emit('create-room', 'user:ada');
  expect(users.listConnected()).toEqual([]);
});
