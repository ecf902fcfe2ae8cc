import { beforeEach, expect, it } from 'vitest';
import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { FairQueue } from './fair-queue.js';

const BOUNDS = { running: 1, waiting: 5, waitingOfAddress: 2, waitingOfAccount: 1 };
let queue: FairQueue;
let started: string[];
let finish: Map<string, PromiseWithResolvers<void>>;

beforeEach(() => {
  queue = new FairQueue(BOUNDS);
  started = [];
  finish = new Map();
});

/** Work named `address/account`, which runs until the test ends it. */
function ask(name: string): Promise<string> {
  const [address = '', account = ''] = name.split('/');
  const finished = Promise.withResolvers<void>();
  finish.set(name, finished);
  return queue.runInTurn({ address, account }, async () => {
    started.push(name);
    await finished.promise;
    return name;
  });
}

async function end(name: string, asked: Promise<string>): Promise<void> {
  finish.get(name)?.resolve();
  expect(await asked).toBe(name);
}

it('addresses take turns, however much one of them requests, and each in its own order', async () => {
  const first = ask('a/1');
  const others = ['a/2', 'a/3', 'b/4', 'c/5', 'b/6'].map(ask);
  for (const { resolve } of finish.values()) resolve();
  await Promise.all([first, ...others]);
  expect(started).toEqual(['a/1', 'a/2', 'b/4', 'c/5', 'a/3', 'b/6']);
});

it('of an address two wait, of an account one; further ones get a Retry-After', async () => {
  const first = ask('a/1');
  const waiting = [ask('a/2'), ask('a/3')];
  await expect(ask('a/4')).rejects.toThrow(RateLimitedError);
  await expect(ask('b/2')).rejects.toMatchObject({ retryAfterMs: 1_000 });
  waiting.push(ask('b/1'));
  await end('a/1', first);
  waiting.push(ask('a/4'));
  for (const { resolve } of finish.values()) resolve();
  expect(await Promise.all(waiting)).toEqual(['a/2', 'a/3', 'b/1', 'a/4']);
});

it('when all places are taken by others the server is what cannot', async () => {
  const running = ask('z/0');
  const waiting = ['a/1', 'a/2', 'b/3', 'c/4', 'd/5'].map((name) => [name, ask(name)] as const);
  await expect(ask('e/6')).rejects.toThrow(UnavailableError);
  await expect(ask('a/7')).rejects.toThrow(RateLimitedError);
  await end('z/0', running);
  const last = ask('e/6');
  for (const { resolve } of finish.values()) resolve();
  await Promise.all([...waiting.map(([, asked]) => asked), last]);
});

it('what fails passes its place on as well', async () => {
  const broken = queue.runInTurn({ address: 'a', account: '1' }, () => Promise.reject(new Error('broken')));
  const next = ask('b/2');
  await expect(broken).rejects.toThrow('broken');
  await end('b/2', next);
  await end('c/3', ask('c/3'));
});

it('as much runs at once as may', async () => {
  queue = new FairQueue({ ...BOUNDS, running: 3 });
  const asked = ['a/1', 'a/2', 'a/3', 'a/4'].map(ask);
  await end('a/1', asked[0] ?? ask('missing'));
  await end('a/4', asked[3] ?? ask('missing'));
  expect(started).toEqual(['a/1', 'a/2', 'a/3', 'a/4']);
  for (const { resolve } of finish.values()) resolve();
  await Promise.all(asked);
});
