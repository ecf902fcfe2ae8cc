import { expect, it } from 'vitest';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';
import { payloadBytes } from './payload-bytes.js';

it.each([
  ['a text', 'aé€😀'.repeat(20)],
  ['nothing', null],
  ['numbers', [0, -1.5, 1e21]],
  ['flags', [true, false]],
  ['an event', { conversationId: crypto.randomUUID(), content: 'Hé 😀'.repeat(20), clientMessageId: 'a-1' }],
  ['parts of parts', { a: [{ b: [[], {}] }], c: 'd' }],
])('measures %s as its JSON, give or take what is empty or short', (_, payload) => {
  const json = Buffer.byteLength(JSON.stringify(payload));
  expect(payloadBytes(payload)).toBeLessThanOrEqual(json);
  expect(payloadBytes(payload)).toBeGreaterThanOrEqual(json - 2);
});

it('measures no payload as nothing', () => {
  expect(payloadBytes(undefined)).toBe(0);
});

it('measures binary parts as they are, each time they are named, without spelling them out', () => {
  const part = Buffer.alloc(65_536);
  let spelt = 0;
  part.toJSON = () => ((spelt += 1), { type: 'Buffer', data: [] });
  expect(payloadBytes(Array<Buffer>(2_000).fill(part))).toBeGreaterThan(2_000 * part.length);
  expect(spelt).toBe(0);
});

it.each(['[', '{"1":'])('refuses what is nested too deeply in %j, however deeply', (open) => {
  const close = open === '[' ? ']' : '}';
  const nested = (levels: number) => JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`) as unknown;
  expect(payloadBytes(nested(64))).toBeGreaterThan(64);
  for (const levels of [65, 10_000])
    expect(() => payloadBytes(nested(levels))).toThrow(ValidationFailedError);
});
