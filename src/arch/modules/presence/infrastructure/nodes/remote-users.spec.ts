import { beforeEach, expect, it } from 'vitest';
import { RemoteUsers } from './remote-users.js';

let changed: string[];
let remote: RemoteUsers;
beforeEach(() => {
  changed = [];
  remote = new RemoteUsers((userId) => changed.push(`${userId} ${remote.has(userId)}`));
});

const all = (node: string, version: number, users: string[], now = 0) =>
  remote.receiveMessage({ kind: 'all', node, version, part: 0, isLast: true, users }, now);
const alive = (node: string, version: number, now = 0) =>
  remote.receiveMessage({ kind: 'alive', node, version }, now);
const part = (index: number, isLast: boolean, users: string[], now: number) =>
  remote.receiveMessage({ kind: 'all', node: 'n1', version: 1, part: index, isLast, users }, now);
const change = (node: string, version: number, came: string[], went: string[], now = 0) =>
  remote.receiveMessage({ kind: 'changed', node, version, came, went }, now);

it('introduces itself to a node that it did not know, and asks for its users, once a second at most', () => {
  expect(alive('n1', 0)).toEqual({ introduces: true, asks: true });
  expect(alive('n1', 0, 999)).toEqual({ introduces: false, asks: false });
  expect(alive('n1', 0, 1_000)).toEqual({ introduces: false, asks: true });
  expect(all('n1', 0, ['ada'])).toEqual({ introduces: false, asks: false });
  expect(alive('n1', 0, 9_000)).toEqual({ introduces: false, asks: false });
  expect(changed).toEqual(['ada true']);
});

it('applies each change once, in the order of versions', () => {
  all('n1', 4, ['ada']);
  change('n1', 5, ['bob'], ['ada']);
  change('n1', 6, ['ada'], []);
  expect(changed).toEqual(['ada true', 'ada false', 'bob true', 'ada true']);
});

it('a change that was lost is noticed by the next one, and by the next sign of life', () => {
  all('n1', 4, ['ada']);
  expect(change('n1', 6, ['bob'], [], 5_000).asks).toBe(true);
  expect(remote.has('bob')).toBe(false);
  expect(alive('n1', 6, 10_000).asks).toBe(true);
  expect(all('n1', 6, ['bob'], 10_001).asks).toBe(false);
  expect(changed).toEqual(['ada true', 'ada false', 'bob true']);
});

it('takes all users together when the last part has come, and asks again when a part is missing', () => {
  part(0, false, ['ada'], 0);
  expect(changed).toEqual([]);
  expect(part(2, true, ['eve'], 2_000).asks).toBe(true);
  part(0, false, ['ada'], 3_000);
  part(1, false, ['bob'], 3_000);
  part(2, true, ['eve'], 3_000);
  expect(changed).toEqual(['ada true', 'bob true', 'eve true']);
});

it('a user on two nodes is online until the last of them has lost the user', () => {
  all('n1', 0, ['ada']);
  all('n2', 0, ['ada']);
  change('n1', 1, [], ['ada']);
  expect(changed).toEqual(['ada true']);
  change('n2', 1, [], ['ada']);
  expect(changed).toEqual(['ada true', 'ada false']);
});

it('the users of a node that is silent for thirty seconds are offline, and come back with it', () => {
  all('n1', 0, ['ada', 'bob']);
  all('n2', 0, ['bob']);
  alive('n2', 0, 29_999);
  remote.evictSilent(29_999);
  expect(changed).toEqual(['ada true', 'bob true']);
  remote.evictSilent(30_000);
  expect(changed).toEqual(['ada true', 'bob true', 'ada false']);
  expect(alive('n1', 0, 31_000)).toEqual({ introduces: true, asks: true });
});

it('remembers a bounded number of nodes, and of users of one', () => {
  for (let node = 0; node < 128; node += 1) all(`n${node}`, 0, []);
  expect(all('n128', 0, ['ada'])).toEqual({ introduces: false, asks: false });
  expect(remote.has('ada')).toBe(false);
  for (let version = 1; version <= 101; version += 1) {
    change(
      'n1',
      version,
      Array.from({ length: 1_000 }, (_, index) => `${version} ${index}`),
      [],
    );
  }
  expect(changed).toHaveLength(100_000);
});
