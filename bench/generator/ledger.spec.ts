import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.js';

/** A message that two sockets are to hear. */
function begun(): { ledger: Ledger; index: number } {
  const ledger = new Ledger();
  return { ledger, index: ledger.begin(performance.now(), 2) };
}

describe('Ledger', () => {
  it('is settled when everything is acknowledged and heard by all, in whatever order', async () => {
    const { ledger, index } = begun();
    ledger.heard(index, 1);
    const settled = ledger.whenSettled();
    ledger.acknowledged(index, 1);
    expect(ledger.acked).toBe(0);
    ledger.heard(index, 1);
    await settled;
    expect(ledger.acked).toBe(1);
    const { ack, delivery, lastDelivery } = ledger.take();
    expect([ack.length, delivery.length, lastDelivery.length]).toEqual([1, 2, 1]);
    expect(ledger.take().delivery).toHaveLength(0);
  });

  it('counts latency from the due time', () => {
    const ledger = new Ledger();
    const index = ledger.begin(performance.now() - 1_000, 1);
    ledger.heard(index, 1);
    expect(ledger.take().delivery[0]).toBeGreaterThanOrEqual(1_000);
  });

  it('refuses a delivery too many', async () => {
    const { ledger, index } = begun();
    ledger.acknowledged(index, 1);
    for (let time = 0; time < 3; time += 1) ledger.heard(index, 1);
    await expect(ledger.whenSettled()).rejects.toThrow('heard 3 times by 2');
  });

  it('refuses an acknowledgement and a delivery that disagree', async () => {
    const { ledger, index } = begun();
    ledger.acknowledged(index, 1);
    ledger.heard(index, 2);
    await expect(ledger.whenSettled()).rejects.toThrow('seq 1 and 2');
  });

  it('refuses a message that nobody sent', () => {
    expect(() => new Ledger().heard(0, 1)).toThrow('nobody sent');
  });

  it('tells who waits of a failure', async () => {
    const { ledger } = begun();
    const settled = ledger.whenSettled();
    ledger.fail('A socket was lost');
    await expect(settled).rejects.toThrow('A socket was lost');
  });
});
