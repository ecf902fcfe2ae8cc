import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TypingSignals } from './typing-signals.js';

let emitted: boolean[];
let signals: TypingSignals;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  emitted = [];
  signals = new TypingSignals(({ isTyping }) => emitted.push(isTyping));
});
afterEach(() => void vi.useRealTimers());

const type = (isTyping: boolean) =>
  signals.emitTyping({ kind: 'typing', conversationId: 'c1', userId: 'u1', isTyping, expiresAt: new Date() });

it('emits at the end of the second the latest signal, and nothing between', () => {
  for (const isTyping of [true, false, true, false]) type(isTyping);
  vi.advanceTimersByTime(999);
  expect(emitted).toEqual([true]);
  vi.advanceTimersByTime(1);
  expect(emitted).toEqual([true, false]);
  vi.advanceTimersByTime(10_000);
  expect(emitted).toEqual([true, false]);
});

it('emits once a second while a member continues to type, so that it does not expire', () => {
  for (let key = 0; key < 100; key += 1) {
    type(true);
    vi.advanceTimersByTime(50);
  }
  expect(emitted).toEqual([true, true, true, true, true, true]);
});

it('emits nothing more once it has forgotten, and keeps no timer', () => {
  for (const isTyping of [true, false]) type(isTyping);
  signals.cancelTyping();
  expect(vi.getTimerCount()).toBe(0);
  expect(emitted).toEqual([true]);
});
