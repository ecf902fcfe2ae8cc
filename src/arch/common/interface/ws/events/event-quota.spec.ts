import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventQuota } from './event-quota.js';

/** Records when its events began, in milliseconds from the start. */
class Sender {
  readonly began: number[] = [];
  private held = 0;

  constructor(
    private readonly quota: EventQuota,
    private readonly user = 'ada',
  ) {}

  get waits(): boolean {
    return this.held > 0;
  }

  send(count = 1): void {
    for (let event = 0; event < count; event += 1) {
      if (this.held > 0 || !this.quota.takeEvent(this.user, this)) this.held += 1;
      else this.note();
    }
  }

  startWaiting(): boolean {
    if (this.held === 0) return false;
    this.held -= 1;
    this.note();
    return true;
  }

  dropEvents(): void {
    this.held = 0;
  }

  private note(): void {
    this.began.push(performance.now());
  }
}

describe('how many events a user may send', () => {
  let quota: EventQuota;
  let adas: Sender;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'], now: 0 });
    quota = new EventQuota(10);
    adas = new Sender(quota);
  });
  afterEach(() => vi.useRealTimers());

  it('is twice a second at once; the rest waits and comes at the rate of the limit', () => {
    adas.send(25);
    expect(adas.began).toHaveLength(20);
    vi.advanceTimersByTime(10_000);
    expect(adas.began.slice(20)).toEqual([100, 200, 300, 400, 500]);
  });

  it('is counted for each user alone', () => {
    adas.send(30);
    const grace = new Sender(quota, 'grace');
    grace.send(20);
    expect(grace.began).toHaveLength(20);
  });

  it('is shared by the sockets of a user in turn, however much one of them sends', () => {
    adas.send(1_000);
    const second = new Sender(quota);
    second.send(3);
    vi.advanceTimersByTime(600);
    expect([adas.began.slice(20), second.began]).toEqual([
      [100, 300, 500],
      [200, 400, 600],
    ]);
  });

  it('is not spent on what is not wanted any more', () => {
    adas.send(25);
    const second = new Sender(quota);
    second.send(2);
    adas.dropEvents();
    vi.advanceTimersByTime(1_000);
    expect([adas.began.length, second.began]).toEqual([20, [100, 200]]);
  });

  it('takes one timer for a user while something waits, and none afterwards', () => {
    adas.send(20);
    const timers = vi.getTimerCount();
    adas.send(100);
    new Sender(quota).send(100);
    expect(vi.getTimerCount()).toBe(timers + 1);
    vi.advanceTimersByTime(30_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is remembered for as long as it matters', () => {
    adas.send(20);
    vi.advanceTimersByTime(1_999);
    expect(quota.size).toBe(1);
    adas.send(30);
    vi.advanceTimersByTime(2_500);
    expect(quota.size).toBe(1);
  });

  it('is evicted when it has no effect any more', () => {
    for (let user = 0; user < 1_000; user += 1) new Sender(quota, `user-${user}`).send();
    expect(quota.size).toBe(1_000);
    vi.advanceTimersByTime(2_000);
    expect(quota.size).toBe(0);
  });
});
