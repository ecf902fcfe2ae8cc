import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import { payloadBytes } from './payload-bytes.js';

const PACKET = 65_536;
const TIMES = 20;

/** Bytes of heap that the parsed text takes, as an average of several copies. */
function heapOf(text: string): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = getHeapStatistics().used_heap_size;
  const kept = Array.from({ length: TIMES }, () => JSON.parse(text) as unknown);
  collect();
  return kept.length > 0 ? (getHeapStatistics().used_heap_size - before) / TIMES : 0;
}

const filled = (part: string) => `[${part.repeat(PACKET / part.length - 1)}${part.slice(0, -1)}]`;
const fields = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1])));

it.each([
  ['empty objects', filled('{},')],
  ['empty arrays', filled('[],')],
  ['arrays in each other', filled('[[[[[]]]]],')],
  ['numbers', filled('0,')],
  ['numbers and objects', filled('0,{},')],
  ['texts', filled('"abc",')],
  ['fields', fields(6_000)],
  ['a text', JSON.stringify('aé€😀'.repeat(5_000))],
  ['an event', JSON.stringify({ conversationId: crypto.randomUUID(), content: 'Hé 😀'.repeat(200) })],
])('a payload of %s is measured as what it takes, give or take a half', (_, text) => {
  const bytes = payloadBytes(JSON.parse(text));
  const heap = heapOf(text);
  expect(bytes).toBeGreaterThan(heap / 2);
  expect(bytes).toBeLessThan(Math.max(heap, text.length) * 2.5);
});

it('no payload is nothing, and a text its bytes', () => {
  expect(payloadBytes(undefined)).toBe(0);
  expect(payloadBytes('é'.repeat(100))).toBe(202);
});

it('measures binary parts as they are, each time they are named, without spelling them out', () => {
  const part = Buffer.alloc(PACKET);
  part.toJSON = () => expect.fail('spelt out');
  expect(payloadBytes(Array<Buffer>(2_000).fill(part))).toBeGreaterThan(2_000 * part.length);
});

it.each(['[', '{"1":'])('refuses what is nested too deeply in %j, however deeply', (open) => {
  const close = open === '[' ? ']' : '}';
  const nested = (levels: number) => JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`) as unknown;
  expect(payloadBytes(nested(64))).toBeGreaterThan(64);
  for (const levels of [65, 10_000])
    expect(() => payloadBytes(nested(levels))).toThrow(ValidationFailedError);
});
