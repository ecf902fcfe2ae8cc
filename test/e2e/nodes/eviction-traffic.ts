import assert from 'node:assert/strict';
import { vi } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestServer, TestUser } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';

/** What a socket has received, or what is stored of a user. */
export interface Heard {
  readonly conversationId: string;
  readonly rev?: number;
  readonly userId?: string;
}

/**
 * Who writes when: what is heard shows whether it was sent before the answer, after it, or two seconds after it.
 */
export interface People {
  readonly owner: TestUser;
  readonly former: TestUser;
  readonly early: TestUser;
  readonly late: TestUser;
  readonly later: TestUser;
}

/** People with a socket on each node, who write on all of them, over HTTP and sockets. */
export class EvictionTraffic {
  private constructor(
    readonly urls: readonly string[],
    readonly people: People,
    private readonly sockets: ReadonlyMap<TestUser, readonly TestSocket[]>,
    /** Sockets of the former member that join while the membership ends. */
    private readonly joining: readonly TestSocket[],
    /** Sockets of the former member that are in no room, and send. */
    private readonly sending: readonly TestSocket[],
  ) {}

  static async start(server: TestServer, urls: readonly string[]): Promise<EvictionTraffic> {
    const names = ['owner', 'former', 'early', 'late', 'later'] as const;
    const users = await Promise.all(names.map((name) => server.signUp(name)));
    const people = Object.fromEntries(names.map((name, index) => [name, users[index]])) as unknown as People;
    const connect = (user: TestUser) =>
      Promise.all(urls.map((url) => TestSocket.connect(url, user.token, { reconnection: false })));
    const sockets = new Map<TestUser, TestSocket[]>();
    for (const user of users) sockets.set(user, await connect(user));
    const [joining, sending] = [await connect(people.former), await connect(people.former)];
    return new EvictionTraffic(urls, people, sockets, joining, sending);
  }

  stop(): void {
    const ofOthers = [...this.sockets.values()].flat();
    for (const socket of [...ofOthers, ...this.joining, ...this.sending]) socket.close();
  }

  of(user: TestUser): readonly TestSocket[] {
    return this.sockets.get(user) ?? [];
  }

  async joinAll(
    conversationId: string,
    users: readonly TestUser[] = Object.values(this.people),
  ): Promise<void> {
    const joined = users.flatMap((user) =>
      this.of(user).map((socket) => socket.emit('join_room', { conversationId })),
    );
    for (const { ok } of await Promise.all(joined)) assert(ok);
  }

  /** The further sockets of the former member join, whether they may or not. */
  joinMeanwhile(conversationId: string): Promise<unknown> {
    return Promise.all(this.joining.map((socket) => socket.emit('join_room', { conversationId })));
  }

  /** Messages over HTTP and sockets, on every node; resolves when the sender has received those of each node there. */
  async send(conversationId: string, content: string, isHeard = true): Promise<void> {
    const { owner } = this.people;
    await this.post(owner, this.of(owner), { conversationId, content }, async (socket, seqs) => {
      for (const seq of isHeard ? seqs : []) await hears(socket, 'new_message', { conversationId, seq });
    });
  }

  /** Messages of the former member in the same way, whether they may be sent or not. */
  async trySending(conversationId: string): Promise<void> {
    const message = { conversationId, content: 'Am I a member still?' };
    await this.post(this.people.former, this.sending, message, async () => undefined);
  }

  private async post(
    { token }: TestUser,
    sockets: readonly TestSocket[],
    { conversationId, content }: { readonly conversationId: string; readonly content: string },
    answered: (socket: TestSocket, seqs: readonly number[]) => Promise<void>,
  ): Promise<void> {
    const path = `/chat/conversations/${conversationId}/messages`;
    await Promise.all(
      sockets.map(async (socket, node) => {
        const overSocket = socket.client.emitWithAck('send_message', { conversationId, content });
        const overHttp = await callApi(this.urls[node] as string, 'POST', path, {
          token,
          body: { content },
        });
        const { data } = (await overSocket) as Ack;
        await answered(
          socket,
          [data?.message.seq, overHttp.body.seq].filter((seq) => seq !== undefined),
        );
      }),
    );
  }

  /** Events without a `rev`, on every node; resolves when the owner has received those of each node there. */
  async sendPassing(conversationId: string, user: TestUser, isHeard = true): Promise<void> {
    await Promise.all(
      this.of(user).map(async (socket, node) => {
        const typing = { conversationId, isTyping: true };
        const { ok } = (await socket.client.emitWithAck('typing', typing)) as Ack;
        await socket.client.emitWithAck('mark_read', { conversationId, seq: 1_000 });
        const witness = this.of(this.people.owner)[node] as TestSocket;
        if (ok && isHeard) await hears(witness, 'typing', { conversationId, userId: user.id });
      }),
    );
  }

  /** What others in the room have received has arrived at the former member, too. */
  async settle(): Promise<void> {
    await Promise.all(this.ofFormer().map((socket) => socket.settle()));
  }

  /** Events of a conversation with this `rev` or a later one that the former member has heard. */
  heardSince(id: string, end: number): Heard[] {
    return this.ofFormer().flatMap((socket) =>
      ofRoom(socket, id).filter(({ rev }) => rev !== undefined && rev >= end),
    );
  }

  /** Events without a `rev` that the former member has heard. */
  heardPassing(): Heard[] {
    return this.ofFormer().flatMap((socket) => [
      ...socket.all<Heard>('typing'),
      ...socket.all<Heard>('message_read'),
    ]);
  }

  private ofFormer(): readonly TestSocket[] {
    return [...this.of(this.people.former), ...this.joining, ...this.sending];
  }
}

/** Waits until a socket has received an event with these fields. */
export async function hears(
  socket: TestSocket,
  event: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const isIt = (payload: Record<string, unknown>) =>
    Object.entries(fields).every(([name, value]) => payload[name] === value);
  await vi.waitFor(() => assert(socket.all(event).some(isIt), `${event} is not heard.`), {
    interval: 5,
    timeout: 10_000,
  });
}

/** Events with a `rev` of a conversation that a socket has received. */
export const ofRoom = (socket: TestSocket, id: string): Heard[] =>
  ['new_message', 'member_added', 'member_removed', 'member_updated', 'conversation_updated']
    .flatMap((event) => socket.all<Heard>(event))
    .filter(({ conversationId }) => conversationId === id);
