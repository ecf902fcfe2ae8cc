import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import { signToken } from '../contract/operation-context.js';
import { insertUsers } from '../http/support.js';
import { joined, TwoNodes } from './two-nodes.js';

/** More than the members up to whom every reaction is stored at once. */
const CROWD = 110;

let nodes: TwoNodes;
beforeAll(async () => {
  nodes = await TwoNodes.start({ THROTTLE_GLOBAL_LIMIT: '100000', THROTTLE_REACTIONS_LIMIT: '100000' });
});
afterAll(() => nodes.stop());

it('of a crowd that reacts on two nodes a large room gets an event a second from each', async () => {
  const { one, urls } = nodes;
  const owner = await one.signUp('Ada');
  const id = await one.createConversation(owner);
  const users = await insertUsers(one, CROWD);
  await one.database.query(
    'insert into conversation_members (conversation_id, user_id) select $1, unnest($2::uuid[])',
    [id, users],
  );
  await one.database.query('update conversations set member_count = $2 where id = $1', [id, CROWD + 1]);
  const path = `/chat/conversations/${id}/messages`;
  const { body } = await one.call('POST', path, { token: owner.token, body: { content: 'Hello!' } });
  const listeners = await Promise.all(urls.map((url) => joined(url, owner, id)));
  const began = performance.now();
  const answers = await Promise.all(
    users.map(async (sub, index) => {
      const token = await signToken(one.config, { sub });
      return callApi(urls[index % 2] ?? '', 'PUT', `${path}/${body.id}/reactions/x`, { token });
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const { body: last } = await one.call('GET', `${path}/${body.id}`, owner);
  expect(last.message).toMatchObject({ reactions: [{ emoji: 'x', count: CROWD }] });
  const count = last.message.rev - body.rev;
  expect(count).toBeLessThanOrEqual(urls.length * (1 + Math.floor(seconds)));
  for (const listener of listeners) {
    const events = await listener.waitFor<{ rev: number }>('message_updated', count);
    expect(events.map(({ rev }) => rev)).toEqual(events.map((_, index) => body.rev + index + 1));
    listener.close();
  }
});
