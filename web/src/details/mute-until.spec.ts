import { expect, it } from 'vitest';
import { isForever, muteUntil } from './mute-until.ts';

const NOW = new Date(2026, 10, 30, 23, 15);

it.each([
  ['hour', new Date(2026, 11, 1, 0, 15)],
  ['eightHours', new Date(2026, 11, 1, 7, 15)],
  ['tomorrow', new Date(2026, 11, 1, 8)],
] as const)('%s', (mute, until) => {
  expect(muteUntil(mute, NOW)).toBe(until.toISOString());
  expect(isForever(muteUntil(mute, NOW))).toBe(false);
});

it('for ever', () => expect(isForever(muteUntil('forever', NOW))).toBe(true));
