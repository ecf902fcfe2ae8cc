import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.js';

/** Starts a ledger with a message for two recipients. */
function startLedger(): { ledger: Ledger; index: number } {
  const ledger = new Ledger();
  return { ledger, index: ledger.addMessage(performance.now(), 2) };
}

describe('Ledger', () => {
  it('is settled when every message is acknowledged and received by all, in any order', async () => {
    const { ledger, index } = startLedger();
    ledger.recordDelivery(index, 1);
    const settled = ledger.whenSettled();
    ledger.recordAck(index, 1);
    expect(ledger.acked).toBe(0);
    ledger.recordDelivery(index, 1);
    await settled;
    expect(ledger.acked).toBe(1);
    const { ack, delivery, lastDelivery } = ledger.takeLatencies();
    expect([ack.length, delivery.length, lastDelivery.length]).toEqual([1, 2, 1]);
    expect(ledger.takeLatencies().delivery).toHaveLength(0);
  });

  it('measures latency from the due time', () => {
    const ledger = new Ledger();
    const index = ledger.addMessage(performance.now() - 1_000, 1);
    ledger.recordDelivery(index, 1);
    expect(ledger.takeLatencies().delivery[0]).toBeGreaterThanOrEqual(1_000);
  });

  it('reports a delivery too many', async () => {
    const { ledger, index } = startLedger();
    ledger.recordAck(index, 1);
    for (let time = 0; time < 3; time += 1) ledger.recordDelivery(index, 1);
    await expect(ledger.whenSettled()).rejects.toThrow('delivered 3 times to 2');
  });

  it('reports an acknowledgement and a delivery of different seq', async () => {
    const { ledger, index } = startLedger();
    ledger.recordAck(index, 1);
    ledger.recordDelivery(index, 2);
    await expect(ledger.whenSettled()).rejects.toThrow('seq 1 and 2');
  });

  it('refuses a delivery of a message that was never sent', () => {
    expect(() => new Ledger().recordDelivery(0, 1)).toThrow('was never sent');
  });

  it('rejects whoever waits after a failure', async () => {
    const { ledger } = startLedger();
    const settled = ledger.whenSettled();
    ledger.fail('A socket was lost');
    await expect(settled).rejects.toThrow('A socket was lost');
  });
});
