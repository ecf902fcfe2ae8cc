import { expect, it } from 'vitest';
import { timeAgo } from './time-ago.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');

it.each([
  ['2026-11-28T12:00:30Z', 'this minute'],
  ['2026-11-28T11:59:30Z', 'this minute'],
  ['2026-11-28T11:55:00Z', '5 minutes ago'],
  ['2026-11-28T10:01:00Z', '1 hour ago'],
  ['2026-11-27T11:00:00Z', 'yesterday'],
  ['2026-11-01T12:00:00Z', '27 days ago'],
])('%s is %s', (time, text) => expect(timeAgo('en', time, NOW)).toBe(text));

it('speaks French', () => expect(timeAgo('fr', '2026-11-28T11:55:00Z', NOW)).toBe('il y a 5 minutes'));
