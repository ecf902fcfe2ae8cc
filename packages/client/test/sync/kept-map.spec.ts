import { describe, expect, it, vi } from 'vitest';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { createKeptMap } from '../../src/sync/kept-map.ts';
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

  it('is empty when somebody else has written there', async () => {
    const { scope } = fakeScope();
    for (const text of ['{', '7', '{"a":1}', '']) {
      await scope.storage.set('me:x', text);
      expect([...(await createKeptMap(scope, 'x').read())]).toEqual([]);
    }
  });
});
