import assert from 'node:assert/strict';
import { callApi } from '../../support/api.js';
import { rounds } from '../../support/rounds.js';
import type { TestServer, TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { absencesOf, type Landed, landedInside } from './absences.js';
import { type ActName, ACTS, Doer, IN_THREAD } from './absent-member.js';
import { hears } from './eviction-traffic.js';
import { joined } from './two-nodes.js';

/** Conversations in which this happens at the same time. */
const AT_ONCE = 4;
/** How a membership ends. */
const ENDS = ['removed', 'left', 'banned'] as const;

const LOG = `
select kind, rev::int from conversation_changes
where conversation_id = $1 and subject_id = $2 and kind in ('member_removed', 'member_added') order by rev`;

/** The people of a race do more than people may. */
export const RACE_LIMITS = Object.fromEntries(
  ['THROTTLE_GLOBAL_LIMIT', 'THROTTLE_REACTIONS_LIMIT', 'THROTTLE_MEMBERS_LIMIT', 'QUOTA_MESSAGES_DAY'].map(
    (name) => [name, '1000000'],
  ),
);

interface Heard {
  readonly conversationId: string;
  readonly rev?: number;
  /** Of a `message_updated`. */
  readonly message?: { readonly id: string; readonly thread?: { readonly replyCount: number } };
  readonly senderId?: string;
  readonly actorId?: string;
  readonly delta?: readonly { readonly userId: string }[];
}

export interface RaceOutcome {
  /** Accepted or heard though its doer was no member. */
  readonly inside: readonly Landed[];
  /** Numbers of changes that a listener of some node has not heard. */
  readonly unheard: readonly number[];
  /** In each conversation: how many replies in the member's thread were accepted, and how many the changes of its root tell of. */
  readonly replies: readonly (readonly [accepted: number, told: number])[];
  readonly accepted: ReadonlySet<string>;
}

/**
 * A member acts without a pause on all nodes while its membership ends and begins again and again, and somebody else
 * writes. Somebody on each node hears all of it.
 */
export class AbsenceRace {
  private calls = 0;
  private isOver = false;

  private constructor(
    private readonly server: TestServer,
    private readonly urls: readonly string[],
    private readonly owner: TestUser,
    private readonly member: TestUser,
  ) {}

  /** @returns of all conversations together */
  static async run(server: TestServer, urls: readonly string[], count: number): Promise<RaceOutcome> {
    const [owner, member] = await Promise.all([server.signUp('Owner'), server.signUp('Member')]);
    const races = Array.from({ length: AT_ONCE }, () => new AbsenceRace(server, urls, owner, member));
    const outcomes = await Promise.all(races.map((race) => race.run(Math.ceil(count / AT_ONCE))));
    return {
      inside: outcomes.flatMap(({ inside }) => inside),
      unheard: outcomes.flatMap(({ unheard }) => unheard),
      replies: outcomes.flatMap(({ replies }) => replies),
      accepted: new Set(outcomes.flatMap(({ accepted }) => [...accepted])),
    };
  }

  private async run(count: number): Promise<RaceOutcome> {
    const { owner, member } = this;
    const id = await this.server.createConversation(owner, [member]);
    const listeners = await Promise.all(this.urls.map((url) => joined(url, owner, id)));
    const send = async (user: TestUser) =>
      (await this.call(user, id, 'POST', '/messages', { content: 'Hello!' })).body.id;
    const messages = {
      edited: await send(member),
      reactedTo: await send(member),
      repliedTo: await send(owner),
    };
    const threads = { member: await this.openThread(id), owner: await this.openThread(id) };
    const callIn = (place: string) => (method: string, path: string, body?: object) =>
      this.call(member, place, method, path, body);
    const place = { call: callIn(id), callInThread: callIn(threads.member.id), messages };
    const doers = Object.keys(ACTS).map((name) => new Doer(name as ActName, place));
    const removals = this.removeAndAdd(id, doers, count).finally(() => {
      this.isOver = true;
      for (const doer of doers) doer.stop();
    });
    await Promise.all([removals, this.writeBeside(id, threads.owner.id), ...doers.map((doer) => doer.run())]);
    return this.judge(id, doers, listeners, threads.member.rootId);
  }

  /** At a message of the owner. */
  private async openThread(id: string): Promise<{ readonly id: string; readonly rootId: string }> {
    const { body: root } = await this.call(this.owner, id, 'POST', '/messages', { content: 'A root' });
    const { status, body } = await this.call(this.owner, id, 'PUT', `/messages/${root.id}/thread`);
    assert.equal(status, 201);
    return { id: body.id, rootId: root.id };
  }

  private async removeAndAdd(id: string, doers: readonly Doer[], count: number): Promise<void> {
    const { owner, member } = this;
    for (let round = 0; round < count; round += 1) {
      await Promise.all(doers.map((doer) => doer.until('accepted')));
      const how = ENDS[round % ENDS.length] ?? 'removed';
      const [method, path] =
        how === 'banned' ? ['PUT', `/bans/${member.id}`] : ['DELETE', `/members/${member.id}`];
      const actor = how === 'left' ? member : owner;
      const ended = await this.call(actor, id, method, path, how === 'banned' ? {} : undefined);
      assert.equal(ended.status, 204, how);
      await Promise.all(doers.map((doer) => doer.until('refused')));
      if (how === 'banned') await this.call(owner, id, 'DELETE', path);
      const added = await this.call(owner, id, 'POST', '/members', { userId: member.id });
      assert.equal(added.status, 201);
    }
  }

  /** So that statements have what several people do, and not only the member's. */
  private async writeBeside(id: string, threadId: string): Promise<void> {
    const { owner } = this;
    const { body } = await this.call(owner, id, 'POST', '/messages', { content: 'Mine' });
    for (const round of rounds(1_000_000)) {
      if (this.isOver) return;
      const method = round % 2 === 0 ? 'PUT' : 'DELETE';
      const written = await Promise.all([
        this.call(owner, id, 'POST', '/messages', { content: `beside ${round}` }),
        this.call(owner, id, method, `/messages/${body.id}/reactions/x`),
        this.call(owner, threadId, 'POST', '/messages', { content: `in a thread ${round}` }),
      ]);
      for (const { status } of written) assert(status < 300);
    }
  }

  private async judge(
    id: string,
    doers: readonly Doer[],
    listeners: readonly TestSocket[],
    rootId: string,
  ): Promise<RaceOutcome> {
    const { database } = this.server;
    const absences = absencesOf(await database.query(LOG, [id, this.member.id]));
    // A node emits in the order of `rev`: who hears this has heard all that was before.
    const { body: last } = await this.call(this.owner, id, 'POST', '/messages', { content: 'last' });
    const accepted = doers.flatMap((doer) => doer.accepted);
    const names = new Set(doers.flatMap((doer) => (doer.count > 0 ? doer.name : [])));
    const heard: Landed[] = [];
    const unheard: number[] = [];
    let told = 0;
    for (const listener of listeners) {
      await hears(listener, 'new_message', { conversationId: id, rev: last.rev });
      const events = listener
        .everything()
        .map(({ event, payload }) => ({ event, ...(payload as Heard) }))
        .filter(({ conversationId }) => conversationId === id);
      const revs = new Set(events.map(({ rev }) => rev));
      for (let rev = 1; rev <= last.rev; rev += 1) if (!revs.has(rev)) unheard.push(rev);
      for (const { event, rev = 0, ...about } of events) {
        if (this.isByMember(about)) heard.push({ what: `heard ${event}`, rev });
        if (about.message?.id === rootId) told = Math.max(told, about.message.thread?.replyCount ?? 0);
      }
      listener.close();
    }
    const inside = landedInside(absences, [...accepted, ...heard]);
    const inThread = doers.find(({ name }) => name === IN_THREAD)?.count ?? 0;
    return { inside, unheard, replies: [[inThread, told]], accepted: names };
  }

  private isByMember({ senderId, actorId, delta = [] }: Omit<Heard, 'rev'>): boolean {
    const { id } = this.member;
    return [senderId, actorId, ...delta.map(({ userId }) => userId)].includes(id);
  }

  private call(user: TestUser, id: string, method: string, path: string, body?: object) {
    this.calls += 1;
    const url = this.urls[this.calls % this.urls.length] as string;
    return callApi(url, method, `/chat/conversations/${id}${path}`, { token: user.token, body });
  }
}
