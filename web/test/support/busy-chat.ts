import type { TestServer, TestUser } from '../../../test/support/test-server.js';
import { post } from './rows.ts';
import { replyTo } from './threads.ts';

/** A chat with what strains a layout: long names, many reactions, very short and very long messages. */
export interface BusyChat {
  readonly ada: TestUser;
  readonly group: string;
  readonly direct: string;
  readonly empty: string;
  /** A message of the group that has a thread. */
  readonly root: string;
  /** The token of an invite to a group. */
  readonly invite: string;
}

const LONG_NAME = 'Maximiliane Freifrau von und zu Hohenstaufen-Liechtenstein';
const NAMES = ['Bob', 'Zoé Lefèvre', 'Ọláọlúwa Adébáyọ̀', 'نور الدين', '山田太郎', 'Ines', 'Tomás', 'Wim'];
const WIDE_TITLE = 'Weekly planning of the harbour festival, its music and its 300 volunteers';
const TITLES = ['Harbour festival', 'Kitchen', 'Rowing club', 'Bücherfreunde', WIDE_TITLE];
const PARAGRAPH =
  'The quay is ours from six in the morning, so the stage can stand by ten. I have asked the town for a second power line. ';
const EMOJI = ['👍', '❤️', '😂', '🎉', '👀', '🚀', '😢', '🙏', '🔥', '✅', '☕', '🌊'];

export async function makeBusyChat(server: TestServer): Promise<BusyChat> {
  const [ada, ...others] = await Promise.all(
    ['Ada Lovelace', LONG_NAME, ...NAMES].map((name) => server.signUp(name)),
  );
  if (ada === undefined) throw new Error('Nobody has signed up.');
  const as = (user: TestUser, method: string, path: string, body?: object) =>
    server.call(method, path, { token: user.token, ...(body && { body }) });
  const conversation = (fields: object) => as(ada, 'POST', '/chat/conversations', fields);
  const [long, bob, zoe] = others as [TestUser, TestUser, TestUser];
  const direct = async (user: TestUser): Promise<string> =>
    (await as(ada, 'PUT', `/chat/conversations/direct/${user.id}`)).body.id;

  for (const title of TITLES) {
    const { body } = await conversation({ title, memberIds: [bob.id, zoe.id] });
    await post(
      server,
      title === 'Kitchen' ? ada : bob,
      body.id,
      title === WIDE_TITLE ? PARAGRAPH : 'See you!',
    );
  }
  const old = (await conversation({ title: 'Harbour festival of last year', memberIds: [] })).body.id;
  await as(ada, 'PATCH', `/chat/conversations/${old}/me`, { archived: true });
  for (const [index, user] of others.entries()) {
    const id = await direct(user);
    for (let count = 0; count < (index === 2 ? 120 : index % 3); count += 1) {
      await post(server, user, id, count === 0 ? PARAGRAPH : 'Tomorrow at nine?');
    }
  }
  const toLong = await direct(long);
  await as(ada, 'PATCH', `/chat/conversations/${toLong}/me`, {
    pinned: true,
    mutedUntil: '9999-12-31T23:59:59Z',
  });
  const empty = (await conversation({ title: 'Nothing said yet', memberIds: [] })).body.id;

  const memberIds = others.map(({ id }) => id);
  const group = (await conversation({ title: 'Design of the harbour', memberIds })).body.id;
  const talk = await sayEverything(server, ada, others, group);
  const root = talk[1] ?? '';
  const thread = await replyTo(server, bob, [group, root], 'The plan is in the folder.');
  await post(server, ada, thread, PARAGRAPH);
  await post(server, long, thread, 'ok');
  await as(ada, 'PUT', `/chat/conversations/${group}/messages/${talk[2]}/pin`);
  for (const [index, emoji] of EMOJI.entries()) {
    for (const user of [ada, ...others].slice(0, 1 + ((index * 7) % 9))) {
      await as(
        user,
        'PUT',
        `/chat/conversations/${group}/messages/${talk[3]}/reactions/${encodeURIComponent(emoji)}`,
      );
    }
  }
  await as(
    bob,
    'PUT',
    `/chat/conversations/${group}/messages/${talk.at(-1)}/reactions/${encodeURIComponent('👍')}`,
  );
  return { ada, group, direct: toLong, empty, root, invite: await inviteOf(server, bob) };
}

async function inviteOf(server: TestServer, { token }: TestUser): Promise<string> {
  const { body } = await server.call('POST', '/chat/conversations', {
    token,
    body: { title: 'Regatta', memberIds: [] },
  });
  const invite = await server.call('POST', `/chat/conversations/${body.id}/invites`, { token, body: {} });
  return invite.body.token;
}

async function sayEverything(
  server: TestServer,
  ada: TestUser,
  others: readonly TestUser[],
  id: string,
): Promise<string[]> {
  const [long, bob, zoe] = others as [TestUser, TestUser, TestUser];
  const ids: string[] = [];
  const say = async (user: TestUser, text: string, fields: object = {}): Promise<void> => {
    ids.push(await post(server, user, id, text, fields));
  };
  await say(long, PARAGRAPH.repeat(33).slice(0, 4_000));
  await say(bob, 'Where is the plan of the *north quay*?');
  await say(
    ada,
    'In the folder: https://example.com/harbour/plans/2026/north-quay?version=17#section-with-a-long-name',
  );
  await say(long, `${PARAGRAPH}${PARAGRAPH}`);
  await say(long, 'k');
  await say(long, 'Second thought: let us keep the old crane.');
  await say(
    zoe,
    '```\nconst quay = berths.filter((berth) => berth.isFree && berth.length >= ship.length + MARGIN_OF_SAFETY);\nreturn quay.at(0);\n```',
  );
  await say(zoe, 'Use `pnpm start`, then open the page.');
  await say(bob, '🎉');
  await say(others[3] ?? bob, 'هل يمكننا اللقاء غدا في الميناء؟');
  await say(ada, 'W'.repeat(300));
  await say(bob, '@Ada Lovelace yes, as long as the crane stays.', {
    replyToId: ids[5],
    mentions: [ada.id],
  });
  await say(zoe, 'One\ntwo\n\nthree');
  await say(ada, 'I will ask tomorrow.');
  await say(ada, 'Something wrong');
  await server.call('DELETE', `/chat/conversations/${id}/messages/${ids.at(-1)}`, { token: ada.token });
  await server.call('PATCH', `/chat/conversations/${id}/messages/${ids.at(-2)}`, {
    token: ada.token,
    body: { content: 'I will ask on Monday.' },
  });
  await say(long, 'Then it is settled.');
  await say(bob, 'Good.');
  return ids;
}
