import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RequestsInFlight } from './requests-in-flight.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LIMITS = { each: 2, waiting: 3, patience: 5_000 };

/** The outcome of each request of a client, in order. */
function ask(requests: RequestsInFlight, client: string, count: number) {
  const outcomes = Array.from({ length: count }, () => 'waits');
  for (const index of outcomes.keys()) {
    requests.enterRequest(client).then(
      () => (outcomes[index] = 'works'),
      (error) => (outcomes[index] = `${error.code} ${error.retryAfterMs}`),
    );
  }
  return outcomes;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

it('so many of one client are worked on, some wait, the rest is refused; others are not concerned', async () => {
  const requests = new RequestsInFlight(LIMITS);
  const ada = ask(requests, 'ada', 6);
  const bob = ask(requests, 'bob', 2);
  await settle();
  expect(ada).toEqual(['works', 'works', 'waits', 'waits', 'waits', 'RATE_LIMITED 1000']);
  expect(bob).toEqual(['works', 'works']);
});

it('the longest waiting request comes next, and the number in flight is never exceeded', async () => {
  const requests = new RequestsInFlight(LIMITS);
  const asked = ask(requests, 'ada', 5);
  await settle();
  requests.leaveRequest('ada');
  await settle();
  expect(asked).toEqual(['works', 'works', 'works', 'waits', 'waits']);
  requests.leaveRequest('ada');
  requests.leaveRequest('ada');
  await settle();
  expect(asked).toEqual(['works', 'works', 'works', 'works', 'works']);
  expect(ask(requests, 'ada', 1)).toEqual(['waits']);
});

it('a request that waits too long is refused and leaves the queue', async () => {
  const requests = new RequestsInFlight(LIMITS);
  const asked = ask(requests, 'ada', 4);
  await vi.advanceTimersByTimeAsync(LIMITS.patience - 1);
  expect(asked.slice(2)).toEqual(['waits', 'waits']);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.slice(2)).toEqual(['RATE_LIMITED 1000', 'RATE_LIMITED 1000']);
  requests.leaveRequest('ada');
  const next = ask(requests, 'ada', 1);
  await settle();
  expect(next).toEqual(['works']);
});

it('keeps no client without requests in flight', async () => {
  const requests = new RequestsInFlight(LIMITS);
  for (const client of ['ada', 'bob', 'eve']) ask(requests, client, 4);
  await settle();
  for (const client of ['ada', 'bob', 'eve']) for (let n = 0; n < 4; n += 1) requests.leaveRequest(client);
  expect(requests.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
