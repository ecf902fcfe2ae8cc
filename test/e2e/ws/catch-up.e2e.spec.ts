import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';

interface Head {
  readonly rev: number;
}

const MESSAGES = 200;

const test = apiTest
  .extend('conversationId', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('steps', PER_FILE, ({ server, conversationId, owner }) => {
    async function headOf(socket: TestSocket | undefined): Promise<number> {
      return Number((await socket?.emit('join_room', { conversationId }))?.data.rev);
    }
    /** All changes since `rev`, page by page. */
    async function changesSince(rev: number): Promise<Head[]> {
      const path = `/chat/conversations/${conversationId}/changes?since=${rev}&limit=20`;
      const { body } = await server.call('GET', path, { token: owner.token });
      return body.hasMore ? [...body.data, ...(await changesSince(body.rev))] : body.data;
    }

    return { headOf, changesSince };
  });

test.for(['join_room', 'join_all'])(
  'a client that joins again with %s and requests the changes up to that head misses nothing',
  async (join, { steps, server, owner, conversationId }) => {
    const users = await server.signUpMembers(owner, conversationId, 4);
    const connect = (index: number) => TestSocket.connect(server.url, users[index % 4]?.token ?? owner.token);
    const [sender, ...back] = await Promise.all(Array.from({ length: 41 }, (_, index) => connect(index)));
    const before = await steps.headOf(sender);
    const all = Array.from({ length: MESSAGES }, (_, index) => before + index + 1);
    const talk = (async () => {
      for (const rev of all) await sender?.emit('send_message', { conversationId, content: `${rev}` });
    })();

    const lists = back.map(async (socket, index) => {
      // The events that it received before the connection broke.
      const known = before + index * 5;
      await sender?.waitFor('new_message', index * 5);
      const { data } = await socket.emit(join, ...(join === 'join_room' ? [{ conversationId }] : []));
      const head: Head = join === 'join_room' ? data : data.conversations[0];
      const missed = (await steps.changesSince(known)).filter(({ rev }) => rev <= head.rev);
      await talk;
      await socket.settle();
      // A change may be received twice: its `rev` identifies it.
      const revs = new Set([...missed, ...socket.all<Head>('new_message')].map(({ rev }) => rev));
      return { known, revs: [...revs].toSorted((a, b) => a - b) };
    });
    for (const { known, revs } of await Promise.all(lists)) {
      expect(revs).toEqual(all.filter((rev) => rev > known));
    }
    for (const socket of [sender, ...back]) socket?.close();
  },
);
