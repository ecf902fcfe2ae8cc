import { describe, expect, it, vi } from 'vitest';
import { createStore } from '../../src/observable/create-store.ts';
import { derived, sameList } from '../../src/observable/derived.ts';

const told = (): Promise<void> => Promise.resolve();

describe('createStore', () => {
  it('tells once per microtask, and has the new value at once', async () => {
    const store = createStore(1);
    const onChange = vi.fn<() => void>();
    store.subscribe(onChange);
    store.set(2);
    store.set(3);
    expect(store.getSnapshot()).toBe(3);
    expect(onChange).not.toHaveBeenCalled();
    await told();
    expect(onChange).toHaveBeenCalledTimes(1);
    store.set(4);
    await told();
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('says nothing of the same value, nor to who has ended', async () => {
    const store = createStore(1);
    const [still, ended] = [vi.fn<() => void>(), vi.fn<() => void>()];
    store.subscribe(still);
    store.subscribe(ended)();
    store.set(1);
    await told();
    expect(still).not.toHaveBeenCalled();
    store.set(2);
    await told();
    expect(still).toHaveBeenCalledTimes(1);
    expect(ended).not.toHaveBeenCalled();
  });

  it('counts the same function twice when it has subscribed twice', async () => {
    const store = createStore(1);
    const onChange = vi.fn<() => void>();
    store.subscribe(onChange)();
    store.subscribe(onChange);
    store.set(2);
    await told();
    expect(onChange).toHaveBeenCalledTimes(1);
  });
});

describe('derived', () => {
  it('computes when it is asked, and again only after a change', () => {
    const store = createStore(1);
    const compute = vi.fn<() => number>(() => store.getSnapshot() * 2);
    const double = derived([store], compute);
    expect(compute).not.toHaveBeenCalled();
    expect([double.getSnapshot(), double.getSnapshot()]).toEqual([2, 2]);
    expect(compute).toHaveBeenCalledTimes(1);
    store.set(2);
    expect(double.getSnapshot()).toBe(4);
  });

  it('tells once when two sources change together, and not when the result is the same', async () => {
    const [a, b] = [createStore(1), createStore(1)];
    const sum = derived([a, b], () => a.getSnapshot() + b.getSnapshot());
    const onChange = vi.fn<() => void>();
    const end = sum.subscribe(onChange);
    a.set(2);
    b.set(2);
    await told();
    expect(onChange).toHaveBeenCalledTimes(1);
    a.set(3);
    b.set(1);
    await told();
    expect(onChange).toHaveBeenCalledTimes(1);
    end();
    a.set(9);
    await told();
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('keeps a list whose entries have not changed', () => {
    const before = [1, 2];
    expect(sameList(before, [1, 2])).toBe(before);
    expect(sameList(before, [1, 3])).toEqual([1, 3]);
    expect(sameList(undefined, [1])).toEqual([1]);
  });
});
