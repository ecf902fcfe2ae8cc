import { describe, expect, it } from 'vitest';
import { DeliveryOrder } from './delivery-order.js';

function heard(...seqs: number[]): DeliveryOrder {
  const order = new DeliveryOrder();
  for (const seq of seqs) order.observe(seq);
  return order;
}

describe('DeliveryOrder', () => {
  it('finds nothing wrong with 1, 2, 3 …', () => {
    expect(heard(1, 2, 3, 4).counts(4)).toEqual({ heard: 4, reordered: 0, doubled: 0, missing: 0 });
  });

  it('finds a hole, in the middle, at the start and at the end', () => {
    expect(heard(1, 2, 4).counts(4)).toEqual({ heard: 3, reordered: 0, doubled: 0, missing: 1 });
    expect(heard(2, 3).counts(3)).toMatchObject({ missing: 1 });
    expect(heard(1, 2).counts(4)).toMatchObject({ missing: 2 });
  });

  it('finds a double, of an old message and of an early one', () => {
    expect(heard(1, 2, 2, 3).counts(3)).toEqual({ heard: 3, reordered: 0, doubled: 1, missing: 0 });
    expect(heard(2, 2, 1).counts(2)).toEqual({ heard: 2, reordered: 1, doubled: 1, missing: 0 });
  });

  it('finds a swap, and only the late one counts', () => {
    expect(heard(1, 3, 2, 4).counts(4)).toEqual({ heard: 4, reordered: 1, doubled: 0, missing: 0 });
    expect(heard(3, 1, 2).counts(3)).toMatchObject({ reordered: 2, missing: 0 });
  });

  it('notices a message beyond what the room has reached', () => {
    expect(heard(1, 2, 3).counts(2)).toMatchObject({ missing: -1 });
  });
});
