import { describe, expect, it } from 'vitest';
import { DeliveryOrder } from './delivery-order.js';

function orderOf(...seqs: number[]): DeliveryOrder {
  const order = new DeliveryOrder();
  for (const seq of seqs) order.recordSeq(seq);
  return order;
}

describe('DeliveryOrder', () => {
  it('counts no fault in 1, 2, 3 …', () => {
    expect(orderOf(1, 2, 3, 4).countDeliveries(4)).toEqual({
      received: 4,
      reordered: 0,
      doubled: 0,
      missing: 0,
    });
  });

  it('counts a missing message in the middle, at the start and at the end', () => {
    expect(orderOf(1, 2, 4).countDeliveries(4)).toEqual({
      received: 3,
      reordered: 0,
      doubled: 0,
      missing: 1,
    });
    expect(orderOf(2, 3).countDeliveries(3)).toMatchObject({ missing: 1 });
    expect(orderOf(1, 2).countDeliveries(4)).toMatchObject({ missing: 2 });
  });

  it('counts a double of a message that was in order and of an early one', () => {
    expect(orderOf(1, 2, 2, 3).countDeliveries(3)).toEqual({
      received: 3,
      reordered: 0,
      doubled: 1,
      missing: 0,
    });
    expect(orderOf(2, 2, 1).countDeliveries(2)).toEqual({
      received: 2,
      reordered: 1,
      doubled: 1,
      missing: 0,
    });
  });

  it('counts only the late one of two swapped messages', () => {
    expect(orderOf(1, 3, 2, 4).countDeliveries(4)).toEqual({
      received: 4,
      reordered: 1,
      doubled: 0,
      missing: 0,
    });
    expect(orderOf(3, 1, 2).countDeliveries(3)).toMatchObject({ reordered: 2, missing: 0 });
  });

  it('counts a message above the last `seq` as negative', () => {
    expect(orderOf(1, 2, 3).countDeliveries(2)).toMatchObject({ missing: -1 });
  });
});
