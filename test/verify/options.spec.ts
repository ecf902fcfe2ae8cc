import { expect, it } from 'vitest';
import { parseOptions } from '../../verify/options.ts';

it('runs for half a minute without options, with a server of its own', () => {
  const { seed, ...options } = parseOptions([]);
  expect(options).toEqual({
    urls: [],
    client: false,
    faults: false,
    cuts: true,
    nodes: 1,
    redis: undefined,
    database: undefined,
    imports: [],
    keep: true,
    patience: 10_000,
    minutes: 0.5,
    messages: Infinity,
    clients: 20,
    conversations: 8,
  });
  expect(Number.isSafeInteger(seed)).toBe(true);
});

it('has no time limit when only a number of messages is given', () => {
  expect(parseOptions(['--', '--messages', '100000'])).toMatchObject({
    messages: 100_000,
    minutes: Infinity,
  });
  expect(parseOptions(['--messages', '9', '--minutes', '2'])).toMatchObject({ messages: 9, minutes: 2 });
});

it('accepts the addresses of several nodes, and removes trailing slashes', () => {
  const urls = ['http://localhost:3000/', 'https://chat.example'];
  expect(parseOptions(urls.flatMap((url) => ['--url', url]))).toMatchObject({
    urls: ['http://localhost:3000', 'https://chat.example'],
  });
});

it('loses no answers of a running server without the option, and none of its own server when the option forbids it', () => {
  const url = ['--url', 'http://localhost:3000'];
  expect(parseOptions(url).cuts).toBe(false);
  expect(parseOptions([...url, '--cuts']).cuts).toBe(true);
  expect(parseOptions(['--no-cuts']).cuts).toBe(false);
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
  [['--url', 'http://localhost:3000', '--nodes', '2'], '--nodes is for a server that is started here'],
  [
    ['--url', 'http://localhost:3000', '--redis', 'redis://x'],
    '--redis is for a server that is started here',
  ],
  [['--url', 'https://chat.example', '--cuts'], '--cuts is for http://'],
  [['--nodes', '0'], '--nodes must be a whole number from 1'],
  [['--patience', '0'], '--patience must be a positive number'],
  [['--unknown'], '--unknown'],
  [['positional'], 'positional'],
])('refuses %j: %s', (args, reason) => {
  expect(() => parseOptions(args)).toThrow(reason);
});
