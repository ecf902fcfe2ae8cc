import { expect } from 'vitest';
import { ConversationChangePort } from '../../../src/arch/modules/chat/application/ports/conversation-change.port.js';
import {
  type ConversationChange,
  memberAddition,
  memberRemoval,
  settingsChange,
} from '../../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { AnswerBody } from '../../support/answer-body.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { rounds } from '../../support/rounds.js';
import type { TestUser } from '../../support/test-server.js';
import { INSTANT, refusal, sendMessages } from './support.js';

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_GLOBAL_LIMIT: '100000' })
  .extend('id', ({ server, owner }) => server.createConversation(owner))
  .extend('steps', ({ server, owner, id }) => {
    const get = (path: string, { token }: TestUser = owner) =>
      server.call('GET', `/chat/conversations/${id}/${path}`, { token });
    return {
      get,
      changes: async (query: string, user = owner) => (await get(`changes?${query}`, user)).body,
      change: (...changes: ConversationChange[]) =>
        server.app.get(ConversationChangePort).change(id, owner.id, () => changes),
    };
  });

const revsOf = (rows: readonly AnswerBody[]) => rows.map(({ rev }) => rev);

it('a member who was added is one event, with name and picture as of now, in place of the whole list', async ({
  steps,
  server,
  owner,
  member,
  id,
}) => {
  await sendMessages(server, owner, id, 2);
  const body = { userId: member.id };
  const { body: added } = await server.call('POST', `/chat/conversations/${id}/members`, {
    token: owner.token,
    body,
  });
  await server.call('PUT', '/users/me', { token: member.token, body: { displayName: 'Renamed' } });
  const { members: _, ...old } = await steps.changes('since=2');
  expect(await steps.changes('since=2&events=true')).toStrictEqual({
    ...old,
    events: [
      {
        rev: 3,
        kind: 'member_added',
        actorId: owner.id,
        subjectId: member.id,
        afterSeq: 2,
        createdAt: expect.stringMatching(INSTANT),
        data: { member: { ...added, displayName: 'Renamed' } },
      },
    ],
  });
});

it('without events=true it is answered as ever', async ({ steps, server, owner, member, id }) => {
  await server.call('POST', `/chat/conversations/${id}/members`, {
    token: owner.token,
    body: { userId: member.id },
  });
  await steps.change(settingsChange({ title: 'New' }));
  for (const query of ['', 'events=false']) {
    const body = await steps.changes(query);
    expect(Object.keys(body)).toEqual(['data', 'members', 'conversation', 'rev', 'hasMore', 'epoch']);
    expect(body.members).toHaveLength(2);
    expect(Object.keys((await steps.get(`messages/window?around=1&${query}`)).body)).toEqual([
      'data',
      'hasMoreBefore',
      'hasMoreAfter',
    ]);
  }
});

it('pages count messages and events together, and show each once, in the order of rev', async ({
  steps,
  server,
  owner,
  member,
  id,
}) => {
  await sendMessages(server, owner, id, 1);
  await steps.change(memberAddition(member.id, 'member'), settingsChange({ title: 'New' }));
  await sendMessages(server, member, id, 2);
  await steps.change(memberRemoval(member.id, 'removed', null));
  for (const limit of [1, 2, 3, 5, 6, 500]) {
    const shown: number[] = [];
    for (const _ of rounds(10)) {
      const page = await steps.changes(`events=true&limit=${limit}&since=${shown.at(-1) ?? 0}`);
      const revs = revsOf([...page.data, ...page.events]).toSorted((a: number, b: number) => a - b);
      expect(revs.length).toBeLessThanOrEqual(limit);
      expect(page.rev).toBe(revs.at(-1));
      expect(page).not.toHaveProperty('members');
      shown.push(...revs);
      if (!page.hasMore) break;
    }
    expect(shown).toEqual([1, 2, 3, 4, 5, 6]);
  }
});

it('the page ends at 1 MiB, and the next one goes on with the next event', async ({ steps }) => {
  const metadata = { text: '\u0001'.repeat(600) };
  for (const _ of rounds(6)) {
    await steps.change(...Array.from({ length: 50 }, () => settingsChange({ metadata })));
    if ((await steps.changes('')).rev >= 300) break;
  }
  const page = await steps.changes('events=true&limit=500');
  expect(page.hasMore).toBe(true);
  expect(JSON.stringify(page).length).toBeLessThanOrEqual(1_048_576);
  expect(page.rev).toBe(page.events.at(-1)?.rev);
  const next = await steps.changes(`events=true&limit=500&since=${page.rev}`);
  expect(revsOf([...page.events, ...next.events])).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
});

it('a window has the events beside its messages, newest first, on both routes', async ({
  steps,
  server,
  owner,
  member,
  id,
}) => {
  await steps.change(settingsChange({ title: 'First' }));
  await sendMessages(server, owner, id, 2);
  await steps.change(memberAddition(member.id, 'member'), settingsChange({ title: 'Second' }));
  await sendMessages(server, owner, id, 2);
  await steps.change(memberRemoval(member.id, 'left', null));
  for (const [query, seqs, revs] of [
    ['around=2&limit=2', [2, 1], [5, 4, 1]],
    ['after=1&limit=2', [3, 2], [5, 4]],
    ['after=3', [4], [8]],
    ['before=100&limit=100', [4, 3, 2, 1], [8, 5, 4, 1]],
    ['after=4', [], []],
  ] as const) {
    const { body } = await steps.get(`messages/window?${query}&events=true`);
    expect([query, body.data.map(({ seq }: AnswerBody) => seq), revsOf(body.events)]).toEqual([
      query,
      seqs,
      revs,
    ]);
    expect((await steps.get(`messages?${query}&events=true`)).body).toStrictEqual(body);
  }
});

it.for(['changes?events=1', 'changes?events=', 'messages?events=true', 'messages?page=1&events=true'])(
  'refuses %s',
  async (path, { steps }) => {
    const answer = await steps.get(path);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
  },
);

it('after an overtaken number the next item says up to where nothing is missing', async ({
  steps,
  server,
  owner,
  id,
}) => {
  await sendMessages(server, owner, id, 3);
  await server.database.query('update messages set rev = 4 where conversation_id = $1 and seq = 2', [id]);
  const { data } = await steps.changes('events=true');
  expect(data.map(({ rev, prevRev }: AnswerBody) => [rev, prevRev])).toEqual([
    [1, undefined],
    [3, 1],
    [4, undefined],
  ]);
  for (const message of (await steps.changes('')).data) expect(message).not.toHaveProperty('prevRev');
});
