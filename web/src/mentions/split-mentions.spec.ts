import { expect, it, vi } from 'vitest';
import { parseText } from '../message/parse-text.ts';
import { splitMentions } from './split-mentions.ts';

const NAMES = new Map([['Ann', ['1']]]);
const kinds = (text: string) =>
  splitMentions(parseText(text), ['1'], NAMES).map(({ kind, text: shown }) => [kind, shown]);

it('who is mentioned is a part of its own, but in code', () => {
  expect(kinds('Hello @Ann, `@Ann` and @Ann')).toEqual([
    ['text', 'Hello '],
    ['mention', '@Ann'],
    ['text', ', '],
    ['code', '@Ann'],
    ['text', ' and '],
    ['mention', '@Ann'],
  ]);
});

it('reads a message of hundreds of parts as often as one of few', () => {
  const read = vi.spyOn(String.prototype, 'matchAll');
  splitMentions(parseText('`a`@b '.repeat(10)), ['1'], NAMES);
  const ofFew = read.mock.calls.length;
  read.mockClear();
  splitMentions(parseText('`a`@b '.repeat(600)), ['1'], NAMES);
  const ofMany = read.mock.calls.length;
  read.mockRestore();
  expect(ofMany / ofFew).toBeLessThan(61);
});
