import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LocalBusAdapter } from '../../src/arch/common/infrastructure/redis/local-bus.adapter.js';
import { OnlineUsersAdapter } from '../../src/arch/modules/presence/infrastructure/adapters/online-users.adapter.js';
import { BusFake } from '../fakes/bus.fake.js';
import { ConnectedUsersFake } from '../fakes/connected-users.fake.js';
import { OnlineUsersFake } from '../fakes/online-users.fake.js';
import { describeOnlineUsersContract } from './online-users.contract.js';

describeOnlineUsersContract('the fake', () => {
  const online = new OnlineUsersFake();
  return { online, setOnline: (userId, isOnline) => online.setOnline(userId, isOnline) };
});

describeOnlineUsersContract('the sockets of one node', () => {
  const connected = new ConnectedUsersFake();
  return {
    online: new OnlineUsersAdapter(connected, new LocalBusAdapter()),
    setOnline: (userId, isOnline) => (isOnline ? connected.connect(userId) : connected.disconnect(userId)),
  };
});

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ['performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    }),
);
afterEach(() => void vi.useRealTimers());

/** A node, and what the others hear of it: nothing while the bus is cut. */
class Node {
  readonly connected = new ConnectedUsersFake();
  readonly bus = new BusFake();
  readonly online = new OnlineUsersAdapter(this.connected, this.bus);
  readonly changes: string[] = [];
  isCut = false;

  constructor() {
    this.online.onChange((userId) => this.changes.push(`${userId} ${this.online.isOnline(userId)}`));
  }
}

/** Delivers all that the nodes publish, until nothing is left. */
function deliver(...nodes: Node[]): void {
  for (let rounds = 0; rounds < 10; rounds += 1) {
    for (const node of nodes) {
      for (const { channel, message } of node.bus.published.splice(0)) {
        for (const other of nodes) {
          if (other !== node && !node.isCut && !other.isCut) other.bus.deliverMessage(channel, message);
        }
      }
    }
  }
}

function pass(seconds: number, ...nodes: Node[]): void {
  for (let tenths = 0; tenths < seconds * 10; tenths += 1) {
    vi.advanceTimersByTime(100);
    deliver(...nodes);
  }
}

function started(count: number): Node[] {
  const nodes = Array.from({ length: count }, () => new Node());
  for (const node of nodes) node.online.onApplicationBootstrap();
  deliver(...nodes);
  return nodes;
}

it('a node that starts later knows the users of the others at once, and they know its users', () => {
  const [one] = started(1) as [Node];
  one.connected.connect('ada');
  pass(1, one);
  const two = new Node();
  two.connected.connect('bob');
  two.online.onApplicationBootstrap();
  pass(1, one, two);
  expect([two.online.isOnline('ada'), one.online.isOnline('bob')]).toEqual([true, true]);
  for (const node of [one, two]) node.online.onApplicationShutdown();
  expect(vi.getTimerCount()).toBe(0);
});

it('a user with tabs on two nodes is online until the last of them is closed', () => {
  const [one, two] = started(2) as [Node, Node];
  one.connected.connect('ada');
  two.connected.connect('ada');
  pass(1, one, two);
  one.connected.disconnect('ada');
  pass(1, one, two);
  expect([one.changes, two.changes]).toEqual([['ada true'], ['ada true']]);
  two.connected.disconnect('ada');
  pass(1, one, two);
  expect([one.changes, two.changes]).toEqual([
    ['ada true', 'ada false'],
    ['ada true', 'ada false'],
  ]);
});

it('the users of a node that dies are offline within 40 seconds', () => {
  const [one, two] = started(2) as [Node, Node];
  two.connected.connect('ada');
  pass(20, one, two);
  expect(one.online.isOnline('ada')).toBe(true);
  two.online.onApplicationShutdown();
  pass(25, one);
  expect(one.online.isOnline('ada')).toBe(true);
  pass(15, one);
  expect(one.online.isOnline('ada')).toBe(false);
});

it('without Redis each node has its own view after a while, and the common one again afterwards', () => {
  const [one, two] = started(2) as [Node, Node];
  one.connected.connect('ada');
  two.connected.connect('bob');
  pass(1, one, two);
  one.isCut = true;
  pass(40, one, two);
  expect(['ada', 'bob'].map((userId) => one.online.isOnline(userId))).toEqual([true, false]);
  two.connected.connect('eve');
  pass(1, one, two);
  one.isCut = false;
  pass(6, one, two);
  expect(['ada', 'bob', 'eve'].map((userId) => one.online.isOnline(userId))).toEqual([true, true, true]);
  expect(two.online.isOnline('ada')).toBe(true);
});

it('a change that was lost is mended within seconds', () => {
  const [one, two] = started(2) as [Node, Node];
  one.isCut = true;
  two.connected.connect('ada');
  pass(1, one, two);
  one.isCut = false;
  pass(6, one, two);
  expect(one.online.isOnline('ada')).toBe(true);
});

it('drops messages that are none', () => {
  const [one] = started(1) as [Node];
  for (const message of [
    '',
    '{',
    '{"kind":"gone"}',
    '{"kind":"changed","node":"n","version":1,"came":[1],"went":[]}',
  ]) {
    one.bus.deliverMessage('presence', message);
  }
  expect(one.changes).toEqual([]);
});
