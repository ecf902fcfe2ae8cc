import { describe, expect, it, vi } from 'vitest';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { createKeptMap } from '../../src/sync/kept-map.ts';
import type { Scope } from '../../src/sync/scope.ts';
import { fakeScope } from '../support/fake-scope.ts';

describe('a map that tabs share', () => {
  it('has the entries of all tabs, in the order in which they came', async () => {
    const storage = memoryStorage();
    const [one, two] = [fakeScope({}, storage), fakeScope({}, storage)];
    const [mine, theirs] = [createKeptMap<number>(one.scope, 'x'), createKeptMap<number>(two.scope, 'x')];
    const onChange = vi.fn<() => void>();
    theirs.watch(onChange);
    await mine.change((all) => all.set('9', 1));
    await theirs.change((all) => all.set('1', 2));
    await Promise.all([mine.change((all) => all.set('5', 3)), mine.change((all) => all.delete('9'))]);
    expect([...(await theirs.read())]).toEqual([
      ['1', 2],
      ['5', 3],
    ]);
    expect(onChange).toHaveBeenCalled();
    theirs.forget('me');
    expect((await mine.read()).size).toBe(0);
  });

  it('does not write what waits for the lock when it has been forgotten', async () => {
    const { scope } = fakeScope();
    const { promise, resolve } = Promise.withResolvers<void>();
    const locks: Scope['locks'] = { withLock: async (_, __, work) => (await promise, work()) };
    const map = createKeptMap<number>({ ...scope, locks }, 'x');
    const written = map.change((all) => all.set('1', 1));
    map.forget('me');
    resolve();
    await written;
    expect(await scope.storage.get('me:x')).toBeNull();
  });

  it('is empty when somebody else has written there', async () => {
    const { scope } = fakeScope();
    for (const text of ['{', '7', '{"a":1}', '']) {
      await scope.storage.set('me:x', text);
      expect([...(await createKeptMap(scope, 'x').read())]).toEqual([]);
    }
  });
});
