import assert from 'node:assert/strict';
import { afterEach, expect, it } from 'vitest';
import { callApi } from '../../support/api.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { hears } from './eviction-traffic.js';
import { TwoNodes } from './two-nodes.js';

const ROUNDS = 12;
const END = `select rev::int from conversation_changes where conversation_id = $1 and kind = 'member_removed'`;

interface Reply {
  readonly conversationId: string;
  readonly seq: number;
  readonly content: string;
}
interface Update {
  readonly conversationId: string;
  readonly rev: number;
  readonly message: {
    readonly content: string;
    readonly reactions?: readonly { readonly emoji: string }[];
    readonly thread?: { readonly replyCount: number };
  };
}

let stop: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of stop.toReversed()) await each();
  stop = [];
});

/** The owner writes in a thread on all nodes, over HTTP, while a member is removed from the parent on one of them. */
class ThreadRace {
  private constructor(
    private readonly server: TestServer,
    private readonly urls: readonly string[],
    private readonly owner: TestUser,
    private readonly former: TestUser,
    private readonly owners: readonly TestSocket[],
    /** In the room of the thread, and joining it while the membership ends. */
    private readonly formers: readonly [readonly TestSocket[], readonly TestSocket[]],
  ) {}

  static async start(server: TestServer, urls: readonly string[]): Promise<ThreadRace> {
    const [owner, former] = [await server.signUp(), await server.signUp()];
    const connect = async ({ token }: TestUser) => {
      const sockets = await Promise.all(urls.map((url) => TestSocket.connect(url, token)));
      stop.push(() => sockets.forEach((socket) => socket.close()));
      return sockets;
    };
    const formers = [await connect(former), await connect(former)] as const;
    return new ThreadRace(server, urls, owner, former, await connect(owner), formers);
  }

  /** Returns what the former member has heard of the thread and must not have. */
  async run(): Promise<readonly object[]> {
    const found: object[] = [];
    for (let round = 0; round < ROUNDS; round += 1) found.push(...(await this.round(round)));
    return found;
  }

  private async round(index: number): Promise<readonly object[]> {
    const { server, owner, former, urls } = this;
    const parentId = await server.createConversation(owner, [former]);
    const root = await this.call(0, 'POST', `${parentId}/messages`, { content: 'root' });
    const { id: threadId } = await this.call(0, 'PUT', `${parentId}/messages/${root.id}/thread`);
    const [inside, joining] = this.formers;
    for (const { ok } of await join(threadId, [...this.owners, ...inside])) assert(ok);
    const first = await this.call(0, 'POST', `${threadId}/messages`, { content: 'first' });
    const meanwhile = [this.write(threadId, first.id, 'meanwhile'), join(threadId, joining)];
    await this.call(index % urls.length, 'DELETE', `${parentId}/members/${former.id}`);
    const after = await this.write(threadId, first.id, 'after');
    await Promise.all(meanwhile);
    for (const [node, reply] of after.entries())
      await hears(this.owners[node] as TestSocket, 'new_message', {
        conversationId: threadId,
        seq: reply.seq,
      });
    const sockets = [...this.owners, ...inside, ...joining];
    await Promise.all(sockets.map((socket) => socket.settle()));
    return this.heardAfterEnd(parentId, threadId);
  }

  /** On every node a reply, an edit and a reaction. */
  private write(threadId: string, messageId: string, what: string): Promise<Reply[]> {
    const path = `${threadId}/messages`;
    return Promise.all(
      this.urls.map(async (_, node) => {
        const reply = await this.call(node, 'POST', path, { content: what });
        await this.call(node, 'PATCH', `${path}/${messageId}`, { content: `${what} ${node}` });
        await this.call(node, 'PUT', `${path}/${messageId}/reactions/${what}${node}`);
        return reply;
      }),
    );
  }

  private async heardAfterEnd(parentId: string, threadId: string): Promise<readonly object[]> {
    const [end] = await this.server.database.query<{ rev: number }>(END, [parentId]);
    assert(end);
    const steps = this.owners.flatMap((socket) =>
      socket.all<Update>('message_updated').filter(({ conversationId }) => conversationId === parentId),
    );
    const before = steps.filter(({ rev }) => rev < end.rev);
    const lastBefore = Math.max(0, ...before.map(({ message }) => message.thread?.replyCount ?? 0));
    return this.formers
      .flat()
      .flatMap((socket) => [
        ...socket
          .all<Reply>('new_message')
          .filter(({ conversationId, seq }) => conversationId === threadId && seq > lastBefore),
        ...socket
          .all<Update>('message_updated')
          .filter(({ conversationId, message }) => conversationId === threadId && isAfter(message)),
      ]);
  }

  private async call(node: number, method: string, path: string, body?: object) {
    const url = this.urls[node] as string;
    const { token } = this.owner;
    const answer = await callApi(url, method, `/chat/conversations/${path}`, {
      token,
      ...(body && { body }),
    });
    assert(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.body?.code}`);
    return answer.body;
  }
}

const join = (conversationId: string, sockets: readonly TestSocket[]) =>
  Promise.all(sockets.map((socket) => socket.emit('join_room', { conversationId })));
const isAfter = ({ content, reactions = [] }: Update['message']) =>
  content.startsWith('after') || reactions.some(({ emoji }) => emoji.startsWith('after'));

it('whose membership of the parent ends hears nothing more of its threads, on one node', async () => {
  const server = await TestServer.start();
  stop.push(() => server.stop());
  expect(await (await ThreadRace.start(server, [server.url])).run()).toEqual([]);
});

it.each(['with', 'without'])('nor on two nodes, %s Redis', async (redis) => {
  const nodes = await TwoNodes.start();
  stop.push(() => nodes.stop());
  const race = await ThreadRace.start(nodes.one, nodes.urls);
  if (redis === 'without') await nodes.redis.kill();
  expect(await race.run()).toEqual([]);
});
