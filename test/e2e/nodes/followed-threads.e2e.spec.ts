import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNode } from '../auth/support.js';
import { callApi } from '../../support/api.js';
import { TwoNodes } from './two-nodes.js';

const MARKS = 40;

let nodes: TwoNodes;

beforeAll(async () => {
  nodes = await TwoNodes.start();
});
afterAll(() => nodes.stop());

it('what is unread in a thread is the same on all nodes, and on one that starts later, whatever was done at once', async () => {
  const [ada, ben] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
  const call = (node: number, method: string, path: string, token: string, body?: object) =>
    callApi(String(nodes.urls[node % 2]), method, `/chat/${path}`, { token, ...(body && { body }) });
  const id = await nodes.one.createConversation(ada, [ben]);
  const root = await call(0, 'POST', `conversations/${id}/messages`, ada.token, { content: 'Root' });
  const place = `conversations/${id}/messages/${root.body.id}/thread`;
  const { body: thread } = await call(1, 'PUT', place, ada.token);
  const path = `conversations/${thread.id}`;
  await call(0, 'PUT', `${path}/follow`, ben.token);
  const work = Array.from({ length: MARKS }, (_, n) => {
    if (n % 3 === 0) return call(n, 'POST', `${path}/messages`, ada.token, { content: `Reply ${n}` });
    if (n % 3 === 1) return call(n, 'PATCH', `${path}/me`, ben.token, { lastReadSeq: n % 7 });
    return call(n, n % 2 === 0 ? 'PUT' : 'GET', n % 2 === 0 ? `${path}/follow` : 'threads', ben.token);
  });
  for (const { status, body } of await Promise.all(work)) {
    expect([200, 201, 204]).toContain(status);
    for (const { me } of body?.data ?? []) expect(me.unreadCount).toBeGreaterThanOrEqual(0);
  }
  const third = await startNode(nodes.one);
  const answers = await Promise.all(
    [...nodes.urls, third.url].map(async (url) => {
      const { body } = await callApi(url, 'GET', '/chat/threads', { token: ben.token });
      const { body: detail } = await callApi(url, 'GET', `/chat/${path}`, { token: ben.token });
      const [{ thread: listed, me }] = body.data;
      expect(me.unreadCount).toBe(listed.lastSeq - me.lastReadSeq);
      expect(detail.me).toMatchObject({ ...me });
      return me;
    }),
  );
  await third.app.close();
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});
