import { expect, it } from 'vitest';
import { parseOptions } from '../../verify/options.ts';

it('goes on for half a minute when nothing is asked for, with a server of its own', () => {
  const { seed, ...options } = parseOptions([]);
  expect(options).toEqual({
    url: undefined,
    faults: false,
    minutes: 0.5,
    messages: Infinity,
    clients: 20,
    conversations: 8,
  });
  expect(Number.isSafeInteger(seed)).toBe(true);
});

it('has no limit of time when a number of messages is asked for alone', () => {
  expect(parseOptions(['--', '--messages', '100000'])).toMatchObject({
    messages: 100_000,
    minutes: Infinity,
  });
  expect(parseOptions(['--messages', '9', '--minutes', '2'])).toMatchObject({ messages: 9, minutes: 2 });
});

it('takes an address without its last slash', () => {
  expect(parseOptions(['--url', 'http://localhost:3000/'])).toMatchObject({ url: 'http://localhost:3000' });
});

it.each([
  [['--minutes', '0'], '--minutes must be a positive number'],
  [['--minutes', 'long'], '--minutes must be a positive number'],
  [['--messages', '-1'], '--messages'],
  [['--clients', '1'], '--clients must be a whole number from 2'],
  [['--clients', '2.5'], '--clients must be a whole number from 2'],
  [['--conversations', 'x'], '--conversations must be a whole number from 1'],
  [['--seed', 'x'], '--seed must be a whole number from 0'],
  [['--url', 'http://localhost:3000', '--faults'], '--faults is for a server that is started here'],
  [['--unknown'], '--unknown'],
  [['positional'], 'positional'],
])('refuses %j: %s', (args, reason) => {
  expect(() => parseOptions(args)).toThrow(reason);
});
