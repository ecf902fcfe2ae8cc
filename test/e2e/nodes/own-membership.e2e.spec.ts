import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { callApi } from '../../support/api.js';
import { TestSocket } from '../../support/test-socket.js';
import { TwoNodes } from './two-nodes.js';

let nodes: TwoNodes;

beforeAll(async () => {
  nodes = await TwoNodes.start();
});
afterAll(() => nodes.stop());

interface Me {
  readonly version?: number;
  readonly lastReadSeq: number;
}
/** Absent, the version is equal to the position. */
const versionOf = ({ version, lastReadSeq }: Me) => version ?? lastReadSeq;

it('who replaces `me` by the highest version that was heard has the state of the database, on whatever node', async () => {
  const [ada, ben] = await Promise.all([nodes.one.signUp('Ada'), nodes.one.signUp('Ben')]);
  const { token } = ben;
  const id = await nodes.one.createConversation(ada, [ben]);
  const path = `/chat/conversations/${id}`;
  for (let n = 0; n < 6; n += 1)
    await callApi(nodes.one.url, 'POST', `${path}/messages`, { token: ada.token, body: { content: 'x' } });
  const sockets = await Promise.all(nodes.urls.map((url) => TestSocket.connect(url, token)));
  const bodies = [
    { lastReadSeq: 4 },
    { lastReadSeq: 1 },
    { pinned: true },
    { lastReadSeq: 6 },
    { notify: 'none' },
    { lastReadSeq: 2, archived: true },
    { pinned: false },
  ];
  const answers = await Promise.all(
    bodies.map((body, index) =>
      callApi(String(nodes.urls[index % 2]), 'PATCH', `${path}/me`, { token, body }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
  const { body } = await callApi(nodes.two.url, 'GET', path, { token });
  for (const socket of sockets) {
    await vi.waitFor(
      () => {
        const heard = socket.all('me_updated').map(({ me }) => me as Me);
        const newest = heard.toSorted((a, b) => versionOf(b) - versionOf(a))[0];
        expect(newest).toEqual(body.me);
      },
      { interval: 10, timeout: 10_000 },
    );
    socket.close();
  }
});
