import { expect, it } from 'vitest';
import { mentionQuery } from './mention-query.ts';

it.for([
  ['@', { at: 0, text: '' }],
  ['Hello @Ad', { at: 6, text: 'Ad' }],
  ['(@Ada Lo', { at: 1, text: 'Ada Lo' }],
  ['@Ada @B', { at: 5, text: 'B' }],
  ['ada@example', null],
  ['@ Ada', null],
  ['@Ada\n', null],
  ['Ada', null],
  [`${'x'.repeat(500)} @Ada`, { at: 501, text: 'Ada' }],
] as const)('%j', ([text, expected]) => {
  expect(mentionQuery(text, text.length)).toEqual(expected);
});

it('looks only at what stands before the caret', () => {
  expect(mentionQuery('Hello @Ada there', 8)).toEqual({ at: 6, text: 'A' });
});
