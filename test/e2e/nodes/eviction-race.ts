import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { vi } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestServer, TestUser } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';

/** How a membership ends. */
const ENDS = ['removed', 'left', 'banned', 'deleted'] as const;
type End = (typeof ENDS)[number];

/** Rounds that run at the same time. */
const AT_ONCE = 10;
/** Milliseconds after which an event without a `rev` is heard by members only. */
const CONFIRMED_FOR = 2_000;

/** A conversation in which the membership has ended. */
interface Ended {
  readonly id: string;
  readonly how: End;
  /** With the `rev` of the end, or a later one. */
  readonly heardLater: readonly Heard[];
}

interface Heard {
  readonly conversationId: string;
  readonly rev?: number;
  readonly userId?: string;
}

/**
 * Who writes when: what is heard shows whether it was sent before the answer, after it, or two seconds after it.
 */
interface People {
  readonly owner: TestUser;
  readonly former: TestUser;
  readonly early: TestUser;
  readonly late: TestUser;
  readonly later: TestUser;
}

/**
 * Memberships end on one of the nodes while others write on all of them, over HTTP and sockets; the former member has
 * sockets on each node: in the room, joining at that moment, and in no room.
 */
export class EvictionRace {
  private constructor(
    private readonly urls: readonly string[],
    private readonly server: TestServer,
    private readonly people: People,
    /** Of each person, a socket on each node. */
    private readonly sockets: ReadonlyMap<TestUser, readonly TestSocket[]>,
    /** Sockets of the former member that join while the membership ends. */
    private readonly joining: readonly TestSocket[],
  ) {}

  static async start(server: TestServer, urls: readonly string[]): Promise<EvictionRace> {
    const names = ['owner', 'former', 'early', 'late', 'later'] as const;
    const users = await Promise.all(names.map((name) => server.signUp(name)));
    const people = Object.fromEntries(names.map((name, index) => [name, users[index]])) as unknown as People;
    const connect = (user: TestUser) =>
      Promise.all(urls.map((url) => TestSocket.connect(url, user.token, { reconnection: false })));
    const sockets = new Map<TestUser, TestSocket[]>();
    for (const user of users) sockets.set(user, await connect(user));
    return new EvictionRace(urls, server, people, sockets, await connect(people.former));
  }

  stop(): void {
    for (const socket of [...[...this.sockets.values()].flat(), ...this.joining]) socket.close();
  }

  /**
   * @param isRedisUp whether all nodes are asked before the answer: not even events without a `rev` are heard after it
   * @param between called once, in the middle
   * @returns what was heard and must not have been
   */
  async run(rounds: number, isRedisUp: boolean, between?: () => Promise<void>): Promise<readonly Heard[]> {
    const batches = Math.ceil(rounds / AT_ONCE);
    const conversations: Ended[] = [];
    for (let batch = 0; batch < batches; batch += 1) {
      const isMiddle = between && batch === Math.floor(batches / 2);
      const started = Array.from({ length: AT_ONCE }, (_, index) => this.round(batch * AT_ONCE + index));
      if (isMiddle) await between();
      conversations.push(...(await Promise.all(started)));
    }
    await delay(CONFIRMED_FOR);
    await Promise.all(
      conversations.map(({ id, how }) => this.sendPassing(id, this.people.later, how !== 'deleted')),
    );
    await this.settle();
    const tooLate = new Set([this.people.later.id, ...(isRedisUp ? [this.people.late.id] : [])]);
    const passing = this.heardPassing().filter(({ userId = '' }) => tooLate.has(userId));
    return [...conversations.flatMap(({ heardLater }) => heardLater), ...passing];
  }

  private async round(index: number): Promise<Ended> {
    const { owner, former, early, late, later } = this.people;
    const id = await this.server.createConversation(owner, [former, early, late, later]);
    await this.joinAll(id, [owner, former, early, late, later]);
    const how = ENDS[index % ENDS.length] as End;
    const url = this.urls[Math.floor(index / ENDS.length) % this.urls.length] as string;
    // In a deleted conversation there is nobody left to hear what was sent before.
    const isHeard = how !== 'deleted';
    const sent = [this.send(id, 'before', isHeard), this.sendPassing(id, early, isHeard)];
    const joined = this.joining.map((socket) => socket.emit('join_room', { conversationId: id }));
    const answer = this.endMembership(url, id, how);
    sent.push(this.send(id, 'meanwhile', isHeard));
    assert.equal((await answer).status, 204, how);
    sent.push(this.sendPassing(id, late, isHeard), this.send(id, 'after', isHeard));
    await Promise.all([...sent, ...joined]);
    await this.settle();
    const heardLater = this.heardSince(id, await this.revOfEnd(id, how));
    if (how === 'removed') await this.rejoin(id);
    return { id, how, heardLater };
  }

  /** Messages over HTTP and sockets, on every node; resolves when the sender has received those of each node there. */
  private async send(conversationId: string, content: string, isHeard = true): Promise<void> {
    const { owner } = this.people;
    const path = `/chat/conversations/${conversationId}/messages`;
    await Promise.all(
      this.of(owner).map(async (socket, node) => {
        const overSocket = socket.client.emitWithAck('send_message', { conversationId, content });
        const overHttp = await callApi(this.urls[node] as string, 'POST', path, {
          token: owner.token,
          body: { content },
        });
        const { data } = (await overSocket) as Ack;
        for (const seq of [data?.message.seq, overHttp.body.seq]) {
          if (isHeard && seq !== undefined) await hears(socket, 'new_message', { conversationId, seq });
        }
      }),
    );
  }

  /** Events without a `rev`, on every node; resolves when the owner has received those of each node there. */
  private async sendPassing(conversationId: string, user: TestUser, isHeard = true): Promise<void> {
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

  private endMembership(url: string, id: string, how: End) {
    const { owner, former } = this.people;
    const path = `/chat/conversations/${id}`;
    if (how === 'deleted') return callApi(url, 'DELETE', path, { token: owner.token });
    if (how === 'banned')
      return callApi(url, 'PUT', `${path}/bans/${former.id}`, { token: owner.token, body: {} });
    const { token } = how === 'left' ? former : owner;
    return callApi(url, 'DELETE', `${path}/members/${former.id}`, { token });
  }

  /** The change that ended the membership; of a deletion, which shows none, one that is later than all others. */
  private async revOfEnd(id: string, how: End): Promise<number> {
    if (how === 'deleted') return Infinity;
    const rows = await this.server.database.query(
      "select rev::int from conversation_changes where conversation_id = $1 and kind = 'member_removed'",
      [id],
    );
    return Number(rows[0]?.['rev']);
  }

  private heardSince(id: string, end: number): Heard[] {
    return [...this.of(this.people.former), ...this.joining].flatMap((socket) =>
      ofRoom(socket, id).filter(({ rev }) => rev !== undefined && rev >= end),
    );
  }

  /** The member is added again, joins again, and hears what comes then. */
  private async rejoin(id: string): Promise<void> {
    const { owner, former } = this.people;
    const { body } = await callApi(this.urls[0] as string, 'POST', `/chat/conversations/${id}/members`, {
      token: owner.token,
      body: { userId: former.id },
    });
    assert.equal(body.role, 'member');
    const acks = await Promise.all(
      this.of(former).map((socket) => socket.emit('join_room', { conversationId: id })),
    );
    assert(acks.every(({ ok }) => ok));
    const content = `again ${id}`;
    const heardBy = (socket: TestSocket) =>
      socket.all<{ content: string }>('new_message').filter((message) => message.content === content).length;
    await this.send(id, content);
    await vi.waitFor(() => {
      for (const socket of this.of(former))
        assert(heardBy(socket) >= 2, 'It hears nothing after it was added again.');
    }, 5_000);
    await callApi(this.urls.at(-1) as string, 'DELETE', `/chat/conversations/${id}/members/${former.id}`, {
      token: owner.token,
    });
  }

  private async joinAll(conversationId: string, users: readonly TestUser[]): Promise<void> {
    const joined = users.flatMap((user) =>
      this.of(user).map((socket) => socket.emit('join_room', { conversationId })),
    );
    for (const { ok } of await Promise.all(joined)) assert(ok);
  }

  /** What others in the room have received has arrived here, too. */
  private async settle(): Promise<void> {
    await Promise.all([...this.of(this.people.former), ...this.joining].map((socket) => socket.settle()));
  }

  private heardPassing(): Heard[] {
    return [...this.of(this.people.former), ...this.joining].flatMap((socket) => [
      ...socket.all<Heard>('typing'),
      ...socket.all<Heard>('message_read'),
    ]);
  }

  private of(user: TestUser): readonly TestSocket[] {
    return this.sockets.get(user) ?? [];
  }
}

/** Waits until a socket has received an event with these fields. */
async function hears(socket: TestSocket, event: string, fields: Record<string, unknown>): Promise<void> {
  const isIt = (payload: Record<string, unknown>) =>
    Object.entries(fields).every(([name, value]) => payload[name] === value);
  await vi.waitFor(() => assert(socket.all(event).some(isIt), `${event} is not heard.`), {
    interval: 5,
    timeout: 10_000,
  });
}

const ofRoom = (socket: TestSocket, id: string): Heard[] =>
  ['new_message', 'member_added', 'member_removed', 'member_updated', 'conversation_updated']
    .flatMap((event) => socket.all<Heard>(event))
    .filter(({ conversationId }) => conversationId === id);
