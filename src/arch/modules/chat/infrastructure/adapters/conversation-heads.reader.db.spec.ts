import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';

let subject: RealChatSubject;
beforeAll(async () => {
  subject = await realChatSubject();
});
afterAll(() => subject.close());

it.each([1, 20])('joining %i costs two statements', async (count) => {
  const me = await signUp(subject);
  for (let created = 0; created < count; created += 1) await converse(subject, me);
  const query = vi.spyOn(Client.prototype, 'query');
  const ids = await subject.heads.findMostRecent(me, 1_001);
  expect(await subject.heads.findHeads(me, ids)).toHaveLength(count);
  expect(query).toHaveBeenCalledTimes(2);
  query.mockRestore();
});
