import { IdempotencyAdapter } from '../../src/arch/common/infrastructure/idempotency/idempotency.adapter.js';
import { IdempotencyFake } from '../fakes/idempotency.fake.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { describeIdempotencyContract, type IdempotencySubject } from './idempotency.contract.js';
import { realChatSubject } from './real-chat-subject.js';

async function fakeSubject(): Promise<IdempotencySubject> {
  const chat = await fakeChatSubject();
  const keys = new IdempotencyFake(chat.transactions);
  return {
    keys,
    chat,
    async end(userId) {
      keys.gone.add(userId);
    },
    async age(hours) {
      keys.ahead += hours * 3_600_000;
    },
  };
}

async function realSubject(): Promise<IdempotencySubject> {
  const chat = await realChatSubject();
  return {
    keys: new IdempotencyAdapter(chat.database),
    chat,
    async end(userId) {
      await chat.postgres.query('update users set deleted_at = now() where id = $1', [userId]);
    },
    async age(hours) {
      await chat.postgres.query(
        `update idempotency_keys set created_at = created_at - $1 * interval '1 hour'`,
        [hours],
      );
    },
  };
}

describeIdempotencyContract('the fake', fakeSubject);
describeIdempotencyContract('PostgreSQL', realSubject);
