import { Client } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addMember, converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { memberAddition } from '../../domain/models/conversation-change.model.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';

const WAITING = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
const ANONYMISE = 'update users set deleted_at = now() where id = $1';

let subject: RealChatSubject;
let elsewhere: Client;
let owner: string;
let leaver: string;

beforeEach(async () => {
  subject = await realChatSubject();
  elsewhere = new Client(subject.postgres.connection);
  await elsewhere.connect();
  [owner, leaver] = [await signUp(subject), await signUp(subject)];
});
afterEach(async () => {
  await elsewhere.end();
  await subject.close();
});

/** The result of work that runs while its account is being deleted. */
async function whileAccountEnds(work: () => Promise<unknown>): Promise<unknown> {
  await elsewhere.query('begin');
  await elsewhere.query(ANONYMISE, [leaver]);
  const outcome = work().catch((error: unknown) => error);
  await vi.waitUntil(async () => (await subject.postgres.query(WAITING)).length > 0, {
    interval: 5,
    timeout: 5_000,
  });
  await elsewhere.query('commit');
  return outcome;
}
const memberships = () =>
  subject.postgres.query('select from conversation_members where user_id = $1', [leaver]);

it('an account that ends meanwhile is not added', async () => {
  const conversationId = await converse(subject, owner);
  const outcome = await whileAccountEnds(() => addMember(subject, conversationId, owner, leaver));
  expect(outcome).toMatchObject({ code: 'USER_NOT_FOUND' });
  expect(await memberships()).toEqual([]);
  expect(await subject.conversations.findById(conversationId)).toMatchObject({ rev: 0, memberCount: 1 });
});

it.each(['as a member', 'as the owner'])(
  'no conversation begins with an account that ends meanwhile, %s',
  async (as) => {
    const users = as === 'as the owner' ? ([leaver, owner] as const) : ([owner, leaver] as const);
    expect(await whileAccountEnds(() => converse(subject, ...users))).toMatchObject({
      code: 'USER_NOT_FOUND',
    });
    expect(await subject.postgres.query('select from conversations')).toEqual([]);
  },
);

it('an account does not end while it is being added: its departure sees the membership', async () => {
  await elsewhere.query(`set lock_timeout = '10ms'`);
  const conversationId = await converse(subject, owner);
  const added = subject.change.change(
    conversationId,
    owner,
    async () => {
      await expect(elsewhere.query(ANONYMISE, [leaver])).rejects.toMatchObject({ code: '55P03' });
      return [memberAddition(leaver, 'member')];
    },
    [leaver],
  );
  await added;
  await elsewhere.query(ANONYMISE, [leaver]);
  expect(await memberships()).toHaveLength(1);
});
