import { Logger } from '@nestjs/common';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { InFlightWork } from '../../application/in-flight-work.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { InterruptedCommits } from './interrupted-commits.js';

let told: string[];
let closed: boolean;
let interrupted: InterruptedCommits;
let work: InFlightWork;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  told = [];
  closed = false;
  work = new InFlightWork();
  interrupted = new InterruptedCommits(() => closed, work);
});

/** A transaction whose `isStored` gives these answers, in this order. */
const publication = (name: string, ...answers: readonly (boolean | Error)[]) => {
  const left = [...answers];
  return {
    publish: () => void told.push(name),
    isStored: async () => {
      const answer = left.shift() ?? new Error('It is asked too often.');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
};
const away = new UnavailableError();
const untilTold = (count: number) => vi.waitUntil(() => told.length >= count, { interval: 5 });

it('publishes what is stored, once, and nothing else', async () => {
  interrupted.add([publication('one', true), publication('undone', false), publication('two', true)]);
  await untilTold(2);
  expect(told).toEqual(['one', 'two']);
});

it('asks again while the outcome is unknown, and delays no other meanwhile', async () => {
  interrupted.add([publication('late', away, away, true), publication('one', true)]);
  interrupted.add([publication('two', away, true)]);
  await untilTold(3);
  expect(told).toEqual(['one', 'two', 'late']);
});

it('one that waits for a lock holds up no other', async () => {
  const free = Promise.withResolvers<boolean>();
  const locked = { publish: () => void told.push('locked'), isStored: () => free.promise };
  interrupted.add([locked, ...Array.from({ length: 9 }, (_, n) => publication(String(n), true))]);
  await untilTold(9);
  expect(told).not.toContain('locked');
  free.resolve(true);
  await untilTold(10);
});

it('continues after one that fails', async () => {
  interrupted.add([publication('broken', new Error('broken')), publication('one', true)]);
  await untilTold(1);
  expect(told).toEqual(['one']);
  interrupted.add([publication('two', true)]);
  await untilTold(2);
  expect(told).toEqual(['one', 'two']);
});

it('drops the oldest above a thousand', async () => {
  interrupted.add(Array.from({ length: 1_002 }, (_, n) => publication(String(n), true)));
  await untilTold(1_000);
  expect(told).toHaveLength(1_000);
  expect(told[0]).toBe('2');
});

it('asks and publishes nothing when the database is closed', async () => {
  closed = true;
  interrupted.add([publication('one', true)]);
  await new Promise((resolve) => void setImmediate(resolve));
  expect(told).toEqual([]);
});

it('a shutdown waits until what is stored is published', async () => {
  interrupted.add([publication('late', away, away, true)]);
  await work.drainWork();
  expect(told).toEqual(['late']);
});
