import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OpenAnswers } from './open-answers.js';

let answers: OpenAnswers;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  answers = new OpenAnswers();
});
afterEach(() => void vi.useRealTimers());

it('an answer to a connection that is closed already has been left', () => {
  const left = vi.fn<() => void>();
  const finish = answers.addAnswer(new Socket().destroy(), left);
  expect(left).toHaveBeenCalledOnce();
  finish();
  expect(left).toHaveBeenCalledOnce();
});

it('every answer that is open at a shutdown, or computed after it began, has 2 s', () => {
  const [early, late, sent] = [new Socket(), new Socket(), new Socket()];
  answers.addAnswer(early, () => undefined);
  answers.limitRemainingTime();
  vi.advanceTimersByTime(1_000);
  answers.addAnswer(late, () => undefined);
  const finish = answers.addAnswer(sent, () => undefined);
  finish();
  const destroyed = () => [early, late, sent].map((socket) => socket.destroyed);
  vi.advanceTimersByTime(999);
  expect(destroyed()).toEqual([false, false, false]);
  vi.advanceTimersByTime(1);
  expect(destroyed()).toEqual([true, false, false]);
  vi.advanceTimersByTime(1_000);
  expect(destroyed()).toEqual([true, true, false]);
});
