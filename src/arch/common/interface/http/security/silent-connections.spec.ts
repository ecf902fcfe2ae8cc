import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SilentConnections } from './silent-connections.js';

let ended: string[];
let silent: SilentConnections<string>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  ended = [];
  silent = new SilentConnections({ perAddress: 2, silence: 2_000 }, (connection) => ended.push(connection));
});
afterEach(() => void vi.useRealTimers());

it('are limited by address, whatever those of others', () => {
  expect(['a', 'b', 'c'].map((name) => silent.add(name, 'one'))).toEqual([true, true, false]);
  expect(silent.add('d', 'two')).toBe(true);
  expect(ended).toEqual([]);
});

it('that have been silent too long are closed for new ones, the longest first', () => {
  silent.add('a', 'one');
  vi.advanceTimersByTime(1_000);
  silent.add('b', 'one');
  vi.advanceTimersByTime(1_001);
  expect([silent.add('c', 'one'), silent.add('d', 'one')]).toEqual([true, false]);
  expect(ended).toEqual(['a']);
});

it('that have spoken, or ended, leave their place', () => {
  silent.add('a', 'one');
  silent.add('b', 'one');
  silent.delete('a');
  silent.delete('a');
  silent.delete('unknown');
  expect([silent.add('c', 'one'), silent.add('d', 'one')]).toEqual([true, false]);
});

it('are in their order again when they fall silent once more', () => {
  silent.add('a', 'one');
  silent.add('b', 'one');
  silent.delete('a');
  silent.add('a', 'one');
  vi.advanceTimersByTime(2_001);
  silent.add('c', 'one');
  expect(ended).toEqual(['b']);
});
