import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RoomEmitterFake } from '../../../../../../test/fakes/room-emitter.fake.js';
import { TypingSignals } from './typing-signals.js';

let rooms: RoomEmitterFake;
let signals: TypingSignals;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  rooms = new RoomEmitterFake();
  signals = new TypingSignals(rooms);
});
afterEach(() => void vi.useRealTimers());

const say = (isTyping: boolean) =>
  signals.tell({ conversationId: 'c1', userId: 'u1', isTyping, expiresAt: new Date() });
const told = () => rooms.emitted.map(({ payload }) => (payload as { isTyping: boolean }).isTyping);

it('tells at the end of the second what was said last, and nothing between', () => {
  for (const isTyping of [true, false, true, false]) say(isTyping);
  vi.advanceTimersByTime(999);
  expect(told()).toEqual([true]);
  vi.advanceTimersByTime(1);
  expect(told()).toEqual([true, false]);
  vi.advanceTimersByTime(10_000);
  expect(told()).toEqual([true, false]);
});

it('tells once a second of who goes on and on, so that it does not run out', () => {
  for (let key = 0; key < 100; key += 1) {
    say(true);
    vi.advanceTimersByTime(50);
  }
  expect(told()).toEqual([true, true, true, true, true, true]);
});
