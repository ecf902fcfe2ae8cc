import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConnectedUsersFake } from '../../../../../../test/fakes/connected-users.fake.js';
import type { NodeMessage } from './node-message.js';
import { OwnUsers } from './own-users.js';

let connected: ConnectedUsersFake;
let published: NodeMessage[];
let own: OwnUsers;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  connected = new ConnectedUsersFake();
  published = [];
  own = new OwnUsers('n1', connected, (message) => published.push(message));
  connected.onChange((userId, isConnected) => own.userChanged(userId, isConnected));
});
afterEach(() => void vi.useRealTimers());

it('publishes the changes of a short time in one message, with the next version', () => {
  connected.connect('ada');
  connected.connect('bob');
  vi.advanceTimersByTime(200);
  connected.disconnect('ada');
  connected.connect('eve');
  vi.advanceTimersByTime(200);
  expect(published).toEqual([
    { kind: 'changed', node: 'n1', version: 1, came: ['ada', 'bob'], went: [] },
    { kind: 'changed', node: 'n1', version: 2, came: ['eve'], went: ['ada'] },
  ]);
  own.publishAlive();
  expect(published.at(-1)).toEqual({ kind: 'alive', node: 'n1', version: 2 });
});

it('publishes nothing of a user who was back, or gone again, within that time', () => {
  connected.connect('ada');
  vi.advanceTimersByTime(200);
  connected.disconnect('ada');
  connected.connect('ada');
  connected.connect('bob');
  connected.disconnect('bob');
  vi.advanceTimersByTime(1_000);
  expect(published).toHaveLength(1);
});

it('publishes all users once to nodes that ask, in parts of a thousand, after the changes that wait', () => {
  for (let n = 0; n < 2_500; n += 1) connected.connect(`user-${n}`);
  vi.advanceTimersByTime(200);
  published.length = 0;
  connected.connect('ada');
  own.publishAllSoon();
  own.publishAllSoon();
  vi.advanceTimersByTime(200);
  expect(published.map((message) => [message.kind, 'users' in message ? message.users.length : 0])).toEqual([
    ['changed', 0],
    ['all', 1_000],
    ['all', 1_000],
    ['all', 501],
  ]);
  expect(published.slice(1)).toMatchObject([
    { version: 4, part: 0, isLast: false },
    { version: 4, part: 1, isLast: false },
    { version: 4, part: 2, isLast: true },
  ]);
});

it('an empty node answers as well, and nothing is left to do at the end', () => {
  own.publishAllSoon();
  own.stop();
  expect(published).toEqual([{ kind: 'all', node: 'n1', version: 0, part: 0, isLast: true, users: [] }]);
  expect(vi.getTimerCount()).toBe(0);
});
