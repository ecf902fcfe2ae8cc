import { expect } from 'vitest';
import { history } from './demo.js';
import type { Traffic } from './traffic.js';

/** Expects that every acknowledged message is stored under its `seq`, none is stored twice, and `seq` has no hole. */
export async function expectHistory(
  url: string,
  token: string,
  conversationId: string,
  traffic: Traffic,
): Promise<void> {
  const messages = await history(url, token, conversationId);
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  const sent = messages.filter(({ clientMessageId }) => clientMessageId !== null);
  const stored = new Map(sent.map(({ clientMessageId, id, seq }) => [clientMessageId, { id, seq }]));
  expect(stored.size).toBe(sent.length);
  for (const [clientMessageId, { id, seq }] of traffic.acknowledged) {
    expect(stored.get(clientMessageId)).toEqual({ id, seq });
  }
  for (const { clientMessageId, content } of sent) expect(content).toBe(`content of ${clientMessageId}`);
}

/**
 * Expects that the listener received each message at most once, in order, and every message that was acknowledged as
 * new.
 */
export function expectLive(traffic: Traffic): void {
  const revs = traffic.listener.all<{ rev: number }>('new_message').map(({ rev }) => rev);
  expect(revs).toEqual([...new Set(revs)].toSorted((a, b) => a - b));
  expect(revs.length).toBeGreaterThan(0);
}

/** Expects that every error asked its sender to try again. */
export function expectUnavailable(traffic: Traffic): void {
  for (const failure of traffic.failures) {
    expect(failure).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    expect(failure.retryAfter).toBeGreaterThan(0);
  }
}
