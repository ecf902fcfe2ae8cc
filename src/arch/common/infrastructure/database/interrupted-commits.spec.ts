import { Logger } from '@nestjs/common';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { InFlightWork } from '../../application/in-flight-work.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { InterruptedCommits } from './interrupted-commits.js';

let published: string[];
let closed: boolean;
let interrupted: InterruptedCommits;
let work: InFlightWork;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  published = [];
  closed = false;
  work = new InFlightWork();
  interrupted = new InterruptedCommits(() => closed, work);
});

/** A transaction whose `isStored` gives these answers, in this order. */
const publication = (name: string, ...answers: readonly (boolean | Error)[]) => {
  const left = [...answers];
  return {
    publish: () => void published.push(name),
    isStored: async () => {
      const answer = left.shift() ?? new Error('It is asked too often.');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
};
const away = new UnavailableError();
const untilPublished = (count: number) => vi.waitUntil(() => published.length >= count, { interval: 5 });

it('publishes what is stored, once, and nothing else', async () => {
  interrupted.add([publication('one', true), publication('undone', false), publication('two', true)]);
  await untilPublished(2);
  expect(published).toEqual(['one', 'two']);
});

it('repeats the look-up while the outcome is unknown, and delays no other meanwhile', async () => {
  interrupted.add([publication('late', away, away, true), publication('one', true)]);
  interrupted.add([publication('two', away, true)]);
  await untilPublished(3);
  expect(published).toEqual(['one', 'two', 'late']);
});

it('one that waits for a lock holds up no other', async () => {
  const free = Promise.withResolvers<boolean>();
  const locked = { publish: () => void published.push('locked'), isStored: () => free.promise };
  interrupted.add([locked, ...Array.from({ length: 9 }, (_, n) => publication(String(n), true))]);
  await untilPublished(9);
  expect(published).not.toContain('locked');
  free.resolve(true);
  await untilPublished(10);
});

it('continues after one that fails', async () => {
  interrupted.add([publication('broken', new Error('broken')), publication('one', true)]);
  await untilPublished(1);
  expect(published).toEqual(['one']);
  interrupted.add([publication('two', true)]);
  await untilPublished(2);
  expect(published).toEqual(['one', 'two']);
});

it('drops the oldest above a thousand', async () => {
  interrupted.add(Array.from({ length: 1_002 }, (_, n) => publication(String(n), true)));
  await untilPublished(1_000);
  expect(published).toHaveLength(1_000);
  expect(published[0]).toBe('2');
});

it('looks up and publishes nothing when the database is closed', async () => {
  closed = true;
  interrupted.add([publication('one', true)]);
  await new Promise((resolve) => void setImmediate(resolve));
  expect(published).toEqual([]);
});

it('a shutdown waits until what is stored is published', async () => {
  interrupted.add([publication('late', away, away, true)]);
  await work.drainWork();
  expect(published).toEqual(['late']);
});
