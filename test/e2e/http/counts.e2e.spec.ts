import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { Random } from '../../../verify/random.js';
import { type Node, startNode } from '../auth/support.js';

const SEED = Math.floor(Math.random() * 2 ** 32);
const STEPS = 16;
/** After so many steps, a node that has just started answers the same. */
const RESTART_AFTER = 8;

/** $1 conversation, $2 reader, $3 own read position. What is left to read, counted from the rows of the messages alone. */
const COUNTED = `
select count(*)::int as "unreadCount", count(*) filter (
  where deleted_at is null and (mentions_all or $2 = any (mentions))
)::int as "mentionCount"
from messages m join conversation_members me on me.conversation_id = m.conversation_id and me.user_id = $2
where m.conversation_id = $1 and seq >= visible_from_seq and seq > $3`;

const it = apiTest
  .extend('variables', PER_FILE, {
    THROTTLE_GLOBAL_LIMIT: '1000000',
    THROTTLE_MEMBERS_LIMIT: '1000000',
    THROTTLE_WS_LIMIT: '10000',
  })
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('reader', async ({ connect, member }) => connect(member));

/** All numbers of an answer or an event, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

interface Scene {
  readonly url: string;
  readonly id: string;
  readonly owner: TestUser;
  readonly member: TestUser;
  readonly reader: TestSocket;
  readonly random: Random;
  /** Messages of the owner. */
  readonly sent: { readonly id: string; readonly seq: number }[];
}

const call = async ({ url, id }: Scene, { token }: TestUser, method: string, path: string, body?: object) =>
  callApi(url, method, `/chat/conversations/${id}${path}`, { token, ...(body && { body }) });
const randomMentions = ({ member, random }: Scene): object =>
  random.pick<object>([
    { mentions: [member.id] },
    { mentionsAll: true },
    { mentions: [], mentionsAll: false },
  ]);
const randomSeq = ({ sent, random }: Scene) => random.integer(0, sent.length + 2);

/** What moves the counts of the member; what is refused, of a message that is deleted already, moves nothing. */
const ACTS: readonly ((scene: Scene) => Promise<unknown>)[] = [
  async (scene) => {
    const body = { content: 'Hello!', ...randomMentions(scene) };
    scene.sent.push((await call(scene, scene.owner, 'POST', '/messages', body)).body);
  },
  async (scene) => call(scene, scene.member, 'POST', '/messages', { content: 'Mine' }),
  async (scene) => {
    const { id } = scene.random.pick(scene.sent);
    await call(scene, scene.owner, 'PATCH', `/messages/${id}`, randomMentions(scene));
  },
  async (scene) => call(scene, scene.owner, 'DELETE', `/messages/${scene.random.pick(scene.sent).id}`),
  async (scene) => call(scene, scene.member, 'PATCH', '/me', { lastReadSeq: randomSeq(scene) }),
  async (scene) => scene.reader.emit('mark_read', { conversationId: scene.id, seq: randomSeq(scene) + 1 }),
  async (scene) => call(scene, scene.member, 'POST', '/clear'),
  async (scene) => {
    await call(scene, scene.owner, 'DELETE', `/members/${scene.member.id}`);
    const history = scene.random.pick(['all', 'none']);
    await call(scene, scene.owner, 'POST', '/members', { userId: scene.member.id, history });
  },
];

/** Everything that is answered with a count. */
async function readCounts({ id, reader, member: { token } }: Scene, url: string) {
  const [detail, list, total, page, joined, all] = await Promise.all([
    callApi(url, 'GET', `/chat/conversations/${id}`, { token }),
    callApi(url, 'GET', '/chat/conversations', { token }),
    callApi(url, 'GET', '/chat/unread', { token }),
    callApi(url, 'GET', `/chat/conversations/${id}/changes`, { token }),
    reader.emit('join_room', { conversationId: id }),
    reader.emit('join_all', {}),
  ]);
  const answers = [detail.body, list.body, total.body, page.body, joined, all];
  expect(Math.min(...numbersIn(answers))).toBeGreaterThanOrEqual(0);
  const { me } = detail.body;
  const summaries = [list.body.data?.[0]?.me, page.body.conversation?.me];
  return { me, summaries, head: all.data.conversations[0], total: total.body };
}

it(`nothing that is unread or mentioned is ever counted below 0, or differently than the messages say (seed ${SEED})`, async ({
  server,
  owner,
  member,
  reader,
  conversationId: id,
}) => {
  const random = new Random(SEED);
  const scene: Scene = { url: server.url, id, owner, member, reader, random, sent: [] };
  await ACTS[0]?.(scene);
  for (let step = 0; step < STEPS; step += 1) {
    // Beside the acts: a count is never below 0 meanwhile, either.
    const acts = random.sample(ACTS, 3);
    await Promise.all([...acts.map((act) => act(scene)), readCounts(scene, server.url)]);
    const restarted: Node | undefined =
      step % RESTART_AFTER === RESTART_AFTER - 1 ? await startNode(server) : undefined;
    for (const url of [server.url, ...(restarted ? [restarted.url] : [])]) {
      const { me, summaries, head, total } = await readCounts(scene, url);
      const { mentionCount, unreadCount, lastReadSeq } = me;
      const mentions = mentionCount ?? 0;
      const counted = await server.database.query(COUNTED, [id, member.id, lastReadSeq]);
      expect([{ unreadCount, mentionCount: mentions }]).toEqual(counted);
      expect(summaries).toEqual([me, me]);
      expect([head.unreadCount, head.mentionCount]).toEqual([unreadCount, mentionCount]);
      expect(total).toMatchObject({ messages: unreadCount, mentions });
    }
    await restarted?.app.close();
  }
  expect(Math.min(...numbersIn(reader.everything()))).toBeGreaterThanOrEqual(0);
});
