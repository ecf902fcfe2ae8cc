import { randomUUID } from 'node:crypto';
import { AcquaintanceAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/acquaintance.adapter.js';
import { AcquaintanceFake } from '../fakes/acquaintance.fake.js';
import { describeAcquaintanceContract } from './acquaintance.contract.js';
import { converse, signUp } from './chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeAcquaintanceContract('the fake', async () => {
  const acquaintances = new AcquaintanceFake();
  return {
    acquaintances,
    signUp: async () => randomUUID(),
    converse: async (...userIds) => {
      const leave = acquaintances.converse(...userIds);
      return async (userId) => leave(userId);
    },
    block: async (blockerId, blockedId) => acquaintances.block(blockerId, blockedId),
    // Nothing that counts.
    openDirect: async () => undefined,
    write: async (senderId, toId) => acquaintances.write(senderId, toId),
    close: async () => undefined,
  };
});

/** The direct conversation of two users, and `$3` messages of the first one in it. As in `store_messages_3`, its row keeps the numbers of the minute before. */
const WRITE = `
  with opened as (
    insert into conversations (created_by, member_count, type, direct_low, direct_high)
    values ($1::uuid, 2, 'direct', least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid))
    on conflict (direct_low, direct_high) where type = 'direct' do update set member_count = 2
    returning id
  ), joined as (
    insert into conversation_members (conversation_id, user_id)
    select id, unnest(array[$1::uuid, $2::uuid]) from opened on conflict do nothing
  ), place as (
    select opened.id, coalesce(max(m.seq), 0) + 1 as next
    from opened left join messages m on m.conversation_id = opened.id group by opened.id
  )
  insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
  select id, $1::uuid, 'Hello', next, next, '' from place where $3::int = 1`;

describeAcquaintanceContract('PostgreSQL', async () => {
  const subject = await realChatSubject();
  return {
    acquaintances: new AcquaintanceAdapter(subject.database),
    signUp: () => signUp(subject),
    converse: async (owner = '', ...others) => {
      const id = await converse(subject, owner, ...others);
      return (userId) => subject.removeMember(id, userId);
    },
    block: async (...pair) => {
      await subject.postgres.query('insert into user_blocks (blocker_id, blocked_id) values ($1, $2)', pair);
    },
    openDirect: async (...pair) => {
      await subject.postgres.query(WRITE, [...pair, 0]);
    },
    write: async (...pair) => {
      await subject.postgres.query(WRITE, [...pair, 1]);
    },
    close: () => subject.close(),
  };
});
