import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { WireConversation } from './wire.ts';

/** Maximum members of a conversation in this check; the first conversation has this number if there are enough clients. */
const MAX_MEMBERS = 20;

/** A conversation of a round, and the clients who are added while the others send messages. */
export interface Room extends Conversation {
  readonly late: readonly number[];
}

/** Creates the conversations of a round, and adds members to them. */
export class Rooms {
  readonly all: Room[] = [];
  private readonly accounts: readonly Account[];
  private readonly recorder: Recorder;
  private readonly random: Random;

  constructor(accounts: readonly Account[], recorder: Recorder, random: Random) {
    this.accounts = accounts;
    this.recorder = recorder;
    this.random = random;
  }

  /** Creates conversations. Each client is a member of at least one; the first conversation has the most members. */
  async createAll(count: number): Promise<void> {
    const clients = this.accounts.map((_, client) => client);
    const plans = Array.from({ length: count }, (_, place) => {
      const dealt = clients.filter((client) => client % count === place);
      const size = place === 0 ? MAX_MEMBERS : this.random.integer(2, MAX_MEMBERS / 2);
      const more = this.random.sample(clients, Math.max(0, size - dealt.length));
      const all = [...new Set([...dealt, ...more])];
      const founders = Math.max(dealt.length, 2, Math.ceil(all.length * 0.7));
      return { founders: all.slice(0, founders), late: all.slice(founders) };
    });
    await Promise.all(
      plans.map(({ founders, late }, place) => this.createOne(founders, late, place % 2 === 0)),
    );
  }

  /** The owners add the late members, one by one. @param added called after each addition */
  async addLateMembers(enough: () => boolean, added: (room: number, client: number) => void): Promise<void> {
    const late = this.all.flatMap((room, index) => room.late.map((client) => ({ room, index, client })));
    for (const { room, index, client } of this.random.sample(late, late.length)) {
      await delay(this.random.integer(10, 500));
      if (enough()) return;
      const owner = this.account(room.founders[0]);
      const begun = this.recorder.tick();
      const body = { userId: this.account(client).id };
      const { status } = await owner.requestUntilAnswered(
        'POST',
        `/chat/conversations/${room.id}/members`,
        body,
      );
      // 409: an earlier request has succeeded, and its answer was lost.
      if (status !== 201 && status !== 409) throw new Error(`a member could not be added: ${status}`);
      this.recorder.additions.push({ conversation: index, client, begun, ended: this.recorder.tick() });
      added(index, client);
    }
  }

  account(client = -1): Account {
    const account = this.accounts[client];
    if (!account)
      throw new RangeError('a conversation has no members: use fewer conversations or more clients');
    return account;
  }

  /** @param twice whether the request is sent twice at the same time, which must create one conversation only */
  private async createOne(
    founders: readonly number[],
    late: readonly number[],
    twice: boolean,
  ): Promise<void> {
    const [owner, ...others] = founders.map((client) => this.account(client));
    const body = { title: 'verify', memberIds: others.map(({ id }) => id) };
    const begun = this.recorder.tick();
    const key = randomUUID();
    const create = () =>
      (owner ?? this.account()).requestUntilAnswered('POST', '/chat/conversations', body, key);
    const [answer] = await Promise.all(twice ? [create(), create()] : [create()]);
    if (answer.status !== 201) throw new Error(`no conversation: ${JSON.stringify(answer.body)}`);
    const room = { id: (answer.body as WireConversation).id, founders, late, begun };
    this.all[this.recorder.addConversation(room)] = room;
  }
}
