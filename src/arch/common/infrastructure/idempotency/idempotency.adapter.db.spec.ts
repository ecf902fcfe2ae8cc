import { afterAll, beforeAll, expect, it } from 'vitest';
import { signUp } from '../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../test/contract/real-chat-subject.js';
import { IdempotencyAdapter } from './idempotency.adapter.js';
import { KeptAnswers } from './kept-answers.js';

let subject: RealChatSubject;

beforeAll(async () => {
  subject = await realChatSubject();
});
afterAll(() => subject.close());

it('an account does not end while something is created under a key of its, so that what is kept is erased with it', async () => {
  const userId = await signUp(subject);
  const keys = new IdempotencyAdapter(subject.database);
  const began = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const order: string[] = [];
  const request = { userId, route: 'POST /posts', key: 'one', bodySha256: Buffer.alloc(32) };
  const creation = keys
    .runOnce(request, async () => {
      began.resolve();
      await held.promise;
      return { status: 201, body: '{}' };
    })
    .then(() => order.push('created'));
  await began.promise;
  const end = subject.postgres
    .query('update users set deleted_at = now() where id = $1', [userId])
    .then(() => order.push('ended'));
  const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(() => subject.postgres.query(waits), { interval: 5, timeout: 5_000 }).toHaveLength(1);
  held.resolve();
  await Promise.all([creation, end]);
  expect(order).toEqual(['created', 'ended']);
  await keys.eraseOf(userId);
  expect(await subject.postgres.query('select from idempotency_keys')).toEqual([]);
  await expect(keys.runOnce(request, async () => ({ status: 201, body: '{}' }))).rejects.toMatchObject({
    code: 'SESSION_REVOKED',
  });
});

it('a key that expires between two statements is UNAVAILABLE, and not the key of another request', async () => {
  const userId = await signUp(subject);
  const request = { userId, route: 'POST /posts', key: 'one', bodySha256: Buffer.alloc(32) };
  const kept = new KeptAnswers(subject.database);
  await expect(kept.findAnswer(request)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
