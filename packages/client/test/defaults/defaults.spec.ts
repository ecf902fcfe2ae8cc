import { describe, expect, it, vi } from 'vitest';
import { guardedStorage } from '../../src/defaults/guarded-storage.ts';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { newId } from '../../src/defaults/new-id.ts';
import { resolvePorts } from '../../src/defaults/resolve-ports.ts';
import { tabLocks } from '../../src/defaults/tab-locks.ts';
import type { LogEntry } from '../../src/ports.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { pending } from '../support/fake-transport.ts';

function forbidden(): never {
  throw new Error('SecurityError');
}

describe('a storage', () => {
  it('that is full keeps the rest in memory, and is logged once', async () => {
    const inner = memoryStorage();
    const log: LogEntry[] = [];
    let isFull = false;
    const storage = guardedStorage(
      {
        ...inner,
        set: (key, value) => {
          if (isFull) throw new Error('QuotaExceededError');
          return inner.set(key, value);
        },
      },
      (entry) => log.push(entry),
    );
    await storage.set('a', '1');
    isFull = true;
    await storage.set('a', '2');
    await storage.set('b', '2');
    expect([await storage.get('a'), await storage.get('b')]).toEqual(['2', '2']);
    expect(log).toEqual([{ level: 'warn', event: 'storage-failed' }]);
    isFull = false;
    await storage.set('a', '3');
    expect([await inner.get('a'), await storage.get('a')]).toEqual(['3', '3']);
    await storage.delete('a');
    expect(await storage.get('a')).toBe(null);
  });

  it('that fails to read for a moment answers what it had', async () => {
    const inner = memoryStorage();
    let isBroken = false;
    const storage = guardedStorage(
      {
        ...inner,
        get: (key) => {
          if (isBroken) throw new Error('broken');
          return inner.get(key);
        },
      },
      () => undefined,
    );
    await inner.set('a', '1');
    expect(await storage.get('a')).toBe('1');
    isBroken = true;
    expect([await storage.get('a'), await storage.get('b')]).toEqual(['1', null]);
  });

  it('in memory tells those who share it', async () => {
    const storage = memoryStorage();
    const told: (string | null)[] = [];
    const end = storage.watch?.((key) => told.push(key));
    await storage.set('a', '1');
    await storage.delete('a');
    await settle();
    end?.();
    await storage.set('a', '2');
    await settle();
    expect(told).toEqual(['a', 'a']);
  });
});

describe('a lock', () => {
  it('lets one in after the other, also after a failure', async () => {
    const locks = tabLocks(new FakeClock());
    const order: string[] = [];
    const first = pending<void>();
    const one = locks.withLock('lets-in', 1_000, async () => {
      order.push('one');
      await first.promise;
      throw new Error('no');
    });
    const two = locks.withLock('lets-in', 1_000, async () => order.push('two'));
    const other = locks.withLock('lets-in-other', 1_000, async () => order.push('other'));
    await other;
    expect(order).toEqual(['one', 'other']);
    first.resolve();
    await expect(one).rejects.toThrow('no');
    await two;
    expect(order).toEqual(['one', 'other', 'two']);
  });

  it('of a browser is taken, and one that is forbidden is done without', async () => {
    const order: string[] = [];
    const manager = {
      request: async (name: string, work: () => Promise<void>) => {
        order.push(`+${name}`);
        await work();
        order.push(`-${name}`);
      },
    };
    const locks = tabLocks(new FakeClock());
    vi.stubGlobal('navigator', { locks: manager });
    await locks.withLock('a', 1_000, async () => order.push('work'));
    await settle();
    vi.stubGlobal('navigator', { locks: { request: () => Promise.reject(new Error('SecurityError')) } });
    await locks.withLock('b', 1_000, async () => order.push('work'));
    vi.stubGlobal('navigator', { locks: { request: forbidden } });
    await locks.withLock('c', 1_000, async () => order.push('work'));
    vi.unstubAllGlobals();
    expect(order).toEqual(['+a', 'work', '-a', 'work', 'work']);
  });

  it('that does not come is done without', async () => {
    const clock = new FakeClock();
    const locks = tabLocks(clock);
    void locks.withLock('never', 1_000, () => new Promise(() => undefined));
    const second = locks.withLock('never', 1_000, async () => 'done');
    await clock.pass(1_000);
    expect(await second).toBe('done');
    expect(clock.pending).toBe(0);
  });
});

it('ids are unique, and may be used as clientMessageId', () => {
  const ids = Array.from({ length: 100 }, newId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});

it('an address is needed outside of a browser, but not before it is used', () => {
  const ports = resolvePorts({});
  expect(() => ports.url()).toThrow('Pass url');
});
