import { expect, it } from 'vitest';
import { shownReactions } from './reactions-state.ts';

const THUMB = { emoji: '👍', count: 2, userIds: ['me', 'you'] };
const chosen = (emoji: string, isOn: boolean) => new Map([[emoji, { emoji, isOn }]]);
const line = (...reactions: Parameters<typeof shownReactions>): string =>
  shownReactions(...reactions)
    .map(({ emoji, count, isOwn }) => `${emoji}${count}${isOwn ? ' own' : ''}`)
    .join(', ');

it('marks one’s own', () => {
  expect(line({ reactions: [THUMB] }, ['👍'], new Map())).toBe('👍2 own');
  expect(line({ reactions: [THUMB] }, [], new Map())).toBe('👍2');
});

it('shows what was chosen before it is answered', () => {
  expect(line({ reactions: [THUMB] }, [], chosen('👍', true))).toBe('👍3 own');
  expect(line({ reactions: [THUMB] }, ['👍'], chosen('👍', false))).toBe('👍1');
  expect(line({}, [], chosen('🎉', true))).toBe('🎉1 own');
  expect(line({ reactions: [{ ...THUMB, count: 1 }] }, ['👍'], chosen('👍', false))).toBe('');
});

it('takes forms of one emoji for the same', () => {
  expect(line({ reactions: [{ emoji: '\u2764', count: 1, userIds: [] }] }, ['\u2764\uFE0F'], new Map())).toBe(
    '\u27641 own',
  );
});
