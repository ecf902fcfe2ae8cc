import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testConfig } from '../../../../../test/support/test-config.js';
import { NodeSeal } from './node-seal.js';

const config = testConfig();
const CHANNEL = 'causerie:bus:0';

let one: NodeSeal;
let two: NodeSeal;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  [one, two] = [new NodeSeal(config), new NodeSeal(config)];
});
afterEach(() => void vi.useRealTimers());

const open = (message: string, seal = two, channel = CHANNEL) => {
  const word = seal.openMessage(channel, Buffer.from(message));
  return typeof word === 'string' ? word : { word: word.toString() };
};

it('a message of one node reaches another unchanged', () => {
  for (const word of ['', 'hello', 'Grüße 👋\u2028 \n', '{"a":1}', 'x'.repeat(100_000)]) {
    expect(open(one.sealMessage(CHANNEL, word))).toEqual({ word });
  }
});

it('a node does not receive its own messages', () => {
  expect(open(one.sealMessage(CHANNEL, 'hello'), one)).toBe('own');
});

describe('is dropped', () => {
  it('what has another secret, another channel, or was changed anywhere', () => {
    expect(open(new NodeSeal(testConfig()).sealMessage(CHANNEL, 'hello'))).toBe('forged');
    expect(open(one.sealMessage('causerie:bus:1', 'hello'))).toBe('forged');
    const sealed = one.sealMessage(CHANNEL, 'hello');
    const change = (index: number) =>
      sealed.slice(0, index) + (sealed[index] === '1' ? '2' : '1') + sealed.slice(index + 1);
    // The last character of a SHA-256 in base64url has two unused bits, and the space after it is not checked.
    const positions = Array.from({ length: sealed.length }, (_, index) => index).filter(
      (index) => index !== 42 && index !== 43,
    );
    expect(positions.filter((index) => open(change(index)) !== 'forged')).toEqual([]);
    expect(open(sealed)).toEqual({ word: 'hello' });
  });

  it.each(['', 'x', ' ', '1'.repeat(43), '1'.repeat(200), '{"node":"x","channel":"y","message":"z"}'])(
    'what nobody has sealed, such as %j',
    (message) => {
      expect(open(message)).toBe('forged');
    },
  );

  it('a message that was received before, or is older than the last one', () => {
    const [first, second] = [one.sealMessage(CHANNEL, 'first'), one.sealMessage(CHANNEL, 'second')];
    expect(open(second)).toEqual({ word: 'second' });
    expect([open(second), open(first)]).toEqual(['replayed', 'replayed']);
    expect(open(one.sealMessage(CHANNEL, 'third'))).toEqual({ word: 'third' });
  });

  it('a message to another node at another time, however little the receiver remembers', () => {
    const sealed = one.sealMessage(CHANNEL, 'hello');
    vi.advanceTimersByTime(60_001);
    expect([open(sealed), open(sealed, new NodeSeal(config))]).toEqual(['late', 'late']);
  });
});

it('clocks may differ by a minute, and a node that was restarted is another sender', () => {
  const sealed = one.sealMessage(CHANNEL, 'hello');
  vi.advanceTimersByTime(60_000);
  expect(open(sealed)).toEqual({ word: 'hello' });
  const ahead = new NodeSeal(config).sealMessage(CHANNEL, 'again');
  vi.setSystemTime(Date.now() - 60_000);
  expect(open(ahead)).toEqual({ word: 'again' });
});
