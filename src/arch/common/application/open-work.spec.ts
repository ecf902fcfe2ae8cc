import { expect, it } from 'vitest';
import { ShuttingDownError } from '../domain/errors/shutting-down.error.js';
import { OpenWork } from './open-work.js';

/** Whether a promise has been resolved by now; what is due comes first. */
async function isResolved(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise((resolve) => setImmediate(resolve, 'later'));
  return (await Promise.race([promise, later])) !== 'later';
}

it('has nothing to wait for when nothing is under way', async () => {
  const work = new OpenWork();
  work.begin();
  work.end();
  expect(await isResolved(work.drain())).toBe(true);
});

it('waits for everything that is under way', async () => {
  const work = new OpenWork();
  work.begin();
  work.begin();
  const drained = work.drain();
  work.end();
  expect(await isResolved(drained)).toBe(false);
  work.end();
  expect(await isResolved(drained)).toBe(true);
});

it('refuses new work from the moment it drains, and says so', () => {
  const work = new OpenWork();
  work.begin();
  expect(work.isDraining).toBe(false);
  void work.drain();
  expect(work.isDraining).toBe(true);
  expect(() => work.begin()).toThrow(ShuttingDownError);
});

it('does not count what it refused', async () => {
  const work = new OpenWork();
  work.begin();
  const drained = work.drain();
  expect(() => work.begin()).toThrow(ShuttingDownError);
  work.end();
  expect(await isResolved(drained)).toBe(true);
});

it('tells everybody who waits', async () => {
  const work = new OpenWork();
  work.begin();
  const both = Promise.all([work.drain(), work.drain()]);
  work.end();
  expect(await isResolved(both)).toBe(true);
});

it('tells when one owner has nothing under way, whatever others have', async () => {
  const work = new OpenWork();
  const [one, other] = [{}, {}];
  work.begin(one);
  work.begin(one);
  work.begin(other);
  const both = Promise.all([work.done(one), work.done(one)]);
  expect(await isResolved(work.done({}))).toBe(true);
  work.end(one);
  expect(await isResolved(both)).toBe(false);
  work.end(one);
  expect(await isResolved(both)).toBe(true);
  expect(await isResolved(work.done(other))).toBe(false);
});
