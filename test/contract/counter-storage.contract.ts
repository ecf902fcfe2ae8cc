import type { ThrottlerStorage } from '@nestjs/throttler';
import { expect, it, vi } from 'vitest';

/** What any place to count in must do. Windows are short here: a real Redis has a clock of its own. */
export function counterStorageContract(storage: () => ThrottlerStorage): void {
  const hit = (client: string, { name = 'global', limit = 2, ttl = 60_000 } = {}) =>
    storage().increment(client, ttl, limit, ttl, name);

  it('lets through up to the limit, then refuses and says for how long', async () => {
    expect(await hit('one')).toMatchObject({ totalHits: 1, isBlocked: false, timeToBlockExpire: 0 });
    expect(await hit('one')).toMatchObject({ totalHits: 2, isBlocked: false, timeToBlockExpire: 0 });
    const refused = await hit('one');
    expect(refused).toMatchObject({ totalHits: 3, isBlocked: true });
    expect(refused.timeToBlockExpire).toBeGreaterThan(55);
    expect(refused.timeToBlockExpire).toBeLessThanOrEqual(60);
  });

  it('counts clients and throttlers apart', async () => {
    for (let count = 0; count < 3; count += 1) await hit('two');
    expect((await hit('three')).totalHits).toBe(1);
    expect((await hit('two', { name: 'auth' })).totalHits).toBe(1);
  });

  it('loses no hit of many at once', async () => {
    const hits = await Promise.all(Array.from({ length: 200 }, () => hit('four', { limit: 150 })));
    expect(hits.filter(({ isBlocked }) => !isBlocked)).toHaveLength(150);
  });

  it('starts anew after the window, also for somebody who never stopped trying', async () => {
    for (let count = 0; count < 3; count += 1) await hit('five', { ttl: 200 });
    expect((await hit('five', { ttl: 200 })).isBlocked).toBe(true);
    await vi.waitFor(async () => expect((await hit('five', { ttl: 200 })).isBlocked).toBe(false), {
      interval: 10,
      timeout: 5_000,
    });
  });

  it('says at least a second', async () => {
    for (let count = 0; count < 2; count += 1) await hit('six', { ttl: 400 });
    expect((await hit('six', { ttl: 400 })).timeToBlockExpire).toBe(1);
  });

  it('takes any limit', async () => {
    expect((await hit('seven', { limit: 1_000_000_000 })).isBlocked).toBe(false);
  });
}
