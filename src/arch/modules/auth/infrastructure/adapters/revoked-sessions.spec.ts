import { expect, it } from 'vitest';
import { RevokedSessions } from './revoked-sessions.js';

it('knows a session for as long as a token of it can be alive', () => {
  const sessions = new RevokedSessions(1_000);
  expect([sessions.add('a', 5_000), sessions.add('a', 5_500)]).toEqual([true, false]);
  sessions.evictExpired(5_999);
  expect(sessions.has('a')).toBe(true);
  sessions.evictExpired(6_000);
  expect([sessions.has('a'), sessions.size, sessions.forgottenUntil]).toEqual([false, 0, 0]);
});

it('keeps a bounded number, and reports how old the tokens of evicted ones may be', () => {
  const sessions = new RevokedSessions(1_000, 3);
  for (const n of [1, 2, 3, 4, 5]) sessions.add(String(n), n);
  expect(sessions.size).toBe(3);
  expect([1, 2, 3, 4, 5].map((n) => sessions.has(String(n)))).toEqual([false, false, true, true, true]);
  expect(sessions.forgottenUntil).toBe(2);
});
