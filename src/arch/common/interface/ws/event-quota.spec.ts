import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimitedError } from '../../domain/errors/rate-limited.error.js';
import { EventQuota } from './event-quota.js';

describe('how many events a user may send', () => {
  let quota: EventQuota;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    quota = new EventQuota(1);
  });
  afterEach(() => vi.useRealTimers());

  it('is counted for each user alone', () => {
    quota.take('ada');
    quota.take('ada');
    expect(() => quota.take('ada')).toThrow(RateLimitedError);
    quota.take('grace');
  });

  it('is remembered for as long as it matters', () => {
    vi.advanceTimersByTime(1_000);
    quota.take('ada');
    quota.take('ada');
    vi.advanceTimersByTime(500);
    expect(() => quota.take('ada')).toThrow(RateLimitedError);
    vi.advanceTimersByTime(1_499);
    expect(quota.size).toBe(1);
  });

  it('is forgotten when it says nothing any more', () => {
    for (let user = 0; user < 1_000; user += 1) quota.take(`user-${user}`);
    expect(quota.size).toBe(1_000);
    vi.advanceTimersByTime(2_000);
    expect(quota.size).toBe(0);
  });
});
