import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { WireConversation } from './wire.ts';

/** Most members of a conversation here; the first one has as many as it can. */
const MOST_MEMBERS = 20;

/** A conversation of a round, and who is to come while the others talk. */
export interface Room extends Conversation {
  readonly late: readonly number[];
}

/** Makes the conversations of a round, and adds members to them. */
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

  /** Everybody is in one at least, the first has all whom it can hold, the others some. */
  async create(count: number): Promise<void> {
    const clients = this.accounts.map((_, client) => client);
    const plans = Array.from({ length: count }, (_, place) => {
      const dealt = clients.filter((client) => client % count === place);
      const size = place === 0 ? MOST_MEMBERS : this.random.integer(2, MOST_MEMBERS / 2);
      const more = this.random.sample(clients, Math.max(0, size - dealt.length));
      const all = [...new Set([...dealt, ...more])];
      const founders = Math.max(dealt.length, 2, Math.ceil(all.length * 0.7));
      return { founders: all.slice(0, founders), late: all.slice(founders) };
    });
    await Promise.all(
      plans.map(({ founders, late }, place) => this.createOne(founders, late, place % 2 === 0)),
    );
  }

  /** The owners add those who are to come, one by one; tells of each. */
  async addLatecomers(enough: () => boolean, added: (room: number, client: number) => void): Promise<void> {
    const late = this.all.flatMap((room, index) => room.late.map((client) => ({ room, index, client })));
    for (const { room, index, client } of this.random.sample(late, late.length)) {
      await delay(this.random.integer(10, 500));
      if (enough()) return;
      const owner = this.account(room.founders[0]);
      const begun = this.recorder.tick();
      const body = { userId: this.account(client).id };
      const { status } = await owner.settle('POST', `/chat/conversations/${room.id}/members`, body);
      // 409: an earlier request was taken, and its answer lost.
      if (status !== 201 && status !== 409) throw new Error(`a member could not be added: ${status}`);
      this.recorder.additions.push({ conversation: index, client, begun, ended: this.recorder.tick() });
      added(index, client);
    }
  }

  account(client = -1): Account {
    const account = this.accounts[client];
    if (!account)
      throw new RangeError('a conversation without members: fewer conversations or more clients, please');
    return account;
  }

  /** @param twice is asked for twice at the same instant, which must not make two of it */
  private async createOne(
    founders: readonly number[],
    late: readonly number[],
    twice: boolean,
  ): Promise<void> {
    const [owner, ...others] = founders.map((client) => this.account(client));
    const body = { title: 'verify', memberIds: others.map(({ id }) => id) };
    const begun = this.recorder.tick();
    const key = randomUUID();
    const ask = () => (owner ?? this.account()).settle('POST', '/chat/conversations', body, key);
    const [answer] = await Promise.all(twice ? [ask(), ask()] : [ask()]);
    if (answer.status !== 201) throw new Error(`no conversation: ${JSON.stringify(answer.body)}`);
    const room = { id: (answer.body as WireConversation).id, founders, late, begun };
    this.all[this.recorder.open(room)] = room;
  }
}
