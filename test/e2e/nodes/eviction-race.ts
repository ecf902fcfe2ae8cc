import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { vi } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestServer } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { deleteAccount } from './deleted-account.js';
import { EvictionTraffic, type Heard } from './eviction-traffic.js';

/** How a membership ends. */
const ENDS = ['removed', 'left', 'banned', 'deleted'] as const;
type End = (typeof ENDS)[number];

/** Rounds that run at the same time. */
const AT_ONCE = 10;
/** Milliseconds after which an event without a `rev` is heard by members only. */
const CONFIRMED_FOR = 2_000;
/** The change that ends the membership. */
const END = `
select rev::int from conversation_changes
where conversation_id = $1 and kind in ('member_removed', 'conversation_deleted')`;
const STORED = 'select rev::int from messages where conversation_id = $1 and sender_id = $2';

/** A conversation in which the membership has ended. */
interface Ended {
  readonly id: string;
  readonly how: End;
  /** Events with the `rev` of the end, or a later one, and messages of the former member that were stored after it. */
  readonly later: readonly Heard[];
}

/**
 * Memberships end on one of the nodes while others write on all of them, over HTTP and sockets, and so does the former
 * member; that has sockets on each node: in the room, joining at that moment, and in no room. Beside them accounts are deleted.
 */
export class EvictionRace {
  /** Messages that the former member has stored before the end. */
  private storedBefore = 0;

  private constructor(
    private readonly server: TestServer,
    private readonly traffic: EvictionTraffic,
  ) {}

  static async start(server: TestServer, urls: readonly string[]): Promise<EvictionRace> {
    return new EvictionRace(server, await EvictionTraffic.start(server, urls));
  }

  stop(): void {
    this.traffic.stop();
  }

  /**
   * @param isRedisUp whether all nodes are asked before the answer: not even events without a `rev` are heard after it
   * @param between called once, in the middle
   * @returns what was heard or stored and must not have been
   */
  async run(rounds: number, isRedisUp: boolean, between?: () => Promise<void>): Promise<readonly Heard[]> {
    const { traffic } = this;
    const { late, later } = traffic.people;
    const batches = Math.ceil(rounds / AT_ONCE);
    const conversations: Ended[] = [];
    const accounts: Promise<readonly Heard[]>[] = [];
    for (let batch = 0; batch < batches; batch += 1) {
      const isMiddle = between && batch === Math.floor(batches / 2);
      const started = Array.from({ length: AT_ONCE }, (_, index) => this.round(batch * AT_ONCE + index));
      accounts.push(this.deleteAccount(batch, isRedisUp));
      if (isMiddle) await between();
      conversations.push(...(await Promise.all(started)));
    }
    assert(this.storedBefore > 0, 'The former member was nowhere in time.');
    const heardByDeleted = (await Promise.all(accounts)).flat();
    await delay(CONFIRMED_FOR);
    await Promise.all(conversations.map(({ id, how }) => traffic.sendPassing(id, later, how !== 'deleted')));
    await traffic.settle();
    const tooLate = new Set([later.id, ...(isRedisUp ? [late.id] : [])]);
    const passing = traffic.heardPassing().filter(({ userId = '' }) => tooLate.has(userId));
    return [...conversations.flatMap((ended) => ended.later), ...passing, ...heardByDeleted];
  }

  private async round(index: number): Promise<Ended> {
    const { traffic } = this;
    const { owner, former, early, late, later } = traffic.people;
    const id = await this.server.createConversation(owner, [former, early, late, later]);
    await traffic.joinAll(id);
    const how = ENDS[index % ENDS.length] as End;
    const node = Math.floor(index / ENDS.length) % traffic.urls.length;
    // In a deleted conversation there is nobody left to hear what was sent before.
    const isHeard = how !== 'deleted';
    const sent: Promise<unknown>[] = [
      traffic.send(id, 'before', isHeard),
      traffic.trySending(id),
      traffic.sendPassing(id, early, isHeard),
      traffic.joinMeanwhile(id),
    ];
    const answer = this.endMembership(traffic.urls[node] as string, id, how);
    sent.push(traffic.send(id, 'meanwhile', isHeard), traffic.trySending(id));
    assert.equal((await answer).status, 204, how);
    sent.push(
      traffic.sendPassing(id, late, isHeard),
      traffic.send(id, 'after', isHeard),
      traffic.trySending(id),
    );
    await Promise.all(sent);
    await traffic.settle();
    const end = await this.revOfEnd(id);
    const heardOrStored = [...traffic.heardSince(id, end), ...(await this.storedSince(id, end))];
    if (how === 'removed') await this.rejoin(id);
    return { id, how, later: heardOrStored };
  }

  /** Of every second one the account owns the conversation. */
  private deleteAccount(index: number, isRedisUp: boolean): Promise<readonly Heard[]> {
    const { urls } = this.traffic;
    const url = urls[Math.floor(index / 2) % urls.length] as string;
    return deleteAccount(this.server, this.traffic, { url, isOwner: index % 2 === 1, isRedisUp });
  }

  private endMembership(url: string, id: string, how: End) {
    const { owner, former } = this.traffic.people;
    const path = `/chat/conversations/${id}`;
    if (how === 'deleted') return callApi(url, 'DELETE', path, { token: owner.token });
    if (how === 'banned')
      return callApi(url, 'PUT', `${path}/bans/${former.id}`, { token: owner.token, body: {} });
    const { token } = how === 'left' ? former : owner;
    return callApi(url, 'DELETE', `${path}/members/${former.id}`, { token });
  }

  /** Infinity of a deleted conversation whose log the janitor has deleted already, with its messages. */
  private async revOfEnd(id: string): Promise<number> {
    const [end] = await this.server.database.query<{ rev: number }>(END, [id]);
    return end?.rev ?? Infinity;
  }

  private async storedSince(conversationId: string, end: number): Promise<Heard[]> {
    const { id: userId } = this.traffic.people.former;
    const rows = await this.server.database.query<{ rev: number }>(STORED, [conversationId, userId]);
    const after = rows.filter(({ rev }) => rev > end);
    this.storedBefore += rows.length - after.length;
    return after.map(({ rev }) => ({ conversationId, userId, rev }));
  }

  /** The member is added again, joins again, and hears what comes then. */
  private async rejoin(id: string): Promise<void> {
    const { urls, people } = this.traffic;
    const { owner, former } = people;
    const sockets = this.traffic.of(former);
    const { body } = await callApi(urls[0] as string, 'POST', `/chat/conversations/${id}/members`, {
      token: owner.token,
      body: { userId: former.id },
    });
    assert.equal(body.role, 'member');
    const acks = await Promise.all(sockets.map((socket) => socket.emit('join_room', { conversationId: id })));
    assert(acks.every(({ ok }) => ok));
    const content = `again ${id}`;
    const heardBy = (socket: TestSocket) =>
      socket.all<{ content: string }>('new_message').filter((message) => message.content === content).length;
    await this.traffic.send(id, content);
    await vi.waitFor(
      () => {
        for (const socket of sockets)
          assert(heardBy(socket) >= 2, 'It hears nothing after it was added again.');
      },
      { timeout: 10_000 },
    );
    await callApi(urls.at(-1) as string, 'DELETE', `/chat/conversations/${id}/members/${former.id}`, {
      token: owner.token,
    });
  }
}
