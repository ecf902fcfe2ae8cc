import { UnavailableError } from '../../../src/arch/common/domain/errors/unavailable.error.js';
import type { Database } from '../../../src/arch/common/infrastructure/database/database.js';
import type { Random } from '../../../verify/random.js';
import { callApi } from '../api.js';
import { rounds } from '../rounds.js';
import type { TestUser } from '../test-server.js';
import { plantChange } from './planted-changes.js';
import { randomAction } from './random-actions.js';
import { firstMessage, inThread, randomMessageAction, threadOpening } from './random-message-actions.js';

type Membership = {
  readonly userId: string;
  readonly role: string;
};

/** One of the latest five messages. */
const MESSAGE = `
select id, sender_id as "senderId" from messages
where conversation_id = $1 order by seq desc limit 1 offset floor($2::float * 5)`;
const MEMBERS = 'select user_id as "userId", role from conversation_members where conversation_id = $1';
/** Requests for each change that succeeds, at most. */
const TRIES = 20;
/** Of a conversation, at most: a client joins all of them. */
const THREADS = 3;

const messagesOf = (conversationId: string): string => `/chat/conversations/${conversationId}/messages`;

/** Changes of one conversation at a time, by accounts that may make them and by some that may not. */
export class RandomChanges {
  /** The names of the actions with messages that were not refused. */
  readonly messageActions = new Set<string>();
  /** The conversation that is being changed; another one is created when it has ended. */
  private conversationId = '';
  /** Those of the conversation. */
  private threadIds: readonly string[] = [];
  private made = 0;

  /**
   * @param urls the nodes
   * @param users the first one is never removed, banned or made to leave
   * @param plants whether changes are made in the database, too, as older nodes and later versions do
   * @param talks whether accounts also send each other messages directly
   */
  constructor(
    private readonly database: Database,
    private readonly urls: readonly string[],
    private users: readonly TestUser[],
    private readonly random: Random,
    private readonly plants: boolean,
    private readonly talks = true,
  ) {}

  /** Makes `count` changes, three at the same time. */
  async make(count: number): Promise<void> {
    await this.create();
    const until = this.made + count;
    const work = async () => {
      for (const _ of rounds(count * TRIES)) {
        if (this.made >= until) break;
        await this.step();
      }
    };
    await Promise.all([work(), work(), work()]);
  }

  /** A thread with a reply, by the account that is never removed. */
  async beginThread(): Promise<void> {
    await this.create();
    const [first] = this.users;
    if (!first) return;
    const root = await this.call(first, 'POST', messagesOf(this.conversationId), { content: 'A root' });
    if (root) await this.openThread(first, this.conversationId, root.id);
    for (const id of this.threadIds) await this.call(first, 'POST', messagesOf(id), { content: 'A reply' });
  }

  /** Deletes the conversation that was changed last, if it is there. */
  async end(): Promise<void> {
    const owner = (await this.readMembers()).find(({ role }) => role === 'owner');
    const user = this.users.find(({ id }) => id === owner?.userId);
    if (user) await this.call(user, 'DELETE', `/chat/conversations/${this.conversationId}`);
  }

  /** Deletes an account other than the first; answers its id. */
  async deleteAccount(): Promise<string> {
    const { id, token } = this.random.pick(this.users.slice(1));
    this.users = this.users.filter((user) => user.id !== id);
    const body = { password: 'correct horse battery' };
    const { status } = await callApi(this.random.pick(this.urls), 'DELETE', '/users/me', { token, body });
    if (status !== 204) throw new Error(`Deleting an account is answered ${status}.`);
    return id;
  }

  private async step(): Promise<void> {
    const members = await this.readMembers();
    if (members.length === 0) return this.create();
    const { random } = this;
    if (this.plants && random.chance(0.08)) return this.plant(members);
    const actor = this.pickActor(members);
    const target = random.pick(this.users);
    if (this.talks && random.chance(0.08)) return this.talkDirectly(actor, target);
    if (random.chance(0.5)) return this.changeMessage(actor, target);
    const { method, path, body } = randomAction({ actorId: actor.id, targetId: target.id, random });
    const endsMembership = (method === 'DELETE' && path.startsWith('/members')) || path.startsWith('/bans');
    if (endsMembership && path.endsWith(this.users[0]?.id ?? '')) return;
    const answer = await this.call(actor, method, `/chat/conversations/${this.conversationId}${path}`, body);
    if (answer && path === '/invites') await this.call(target, 'POST', `/chat/invites/${answer.token}/join`);
  }

  /** Half of the time as the author, who alone may do some of it. */
  private async changeMessage(actor: TestUser, target: TestUser): Promise<void> {
    const { random, conversationId, threadIds } = this;
    const isInThread = threadIds.length > 0 && random.chance(0.6);
    const placeId = isInThread ? random.pick(threadIds) : conversationId;
    // In a thread there are few.
    const values = [placeId, random.next() * (isInThread ? 0.3 : 1)];
    const [message] = await this.database.execute<Record<'id' | 'senderId', string>>({
      text: MESSAGE,
      values,
    });
    if (!message && !isInThread) return;
    const author = this.users.find(({ id }) => id === message?.senderId);
    const user = author && random.chance(0.5) ? author : actor;
    const opens = random.chance(threadIds.length === 0 ? 0.6 : 0.05);
    if (message && !isInThread && threadIds.length < THREADS && opens)
      return this.openThread(user, conversationId, message.id);
    const { name, method, path, body } =
      message && (!isInThread || random.chance(0.85))
        ? randomMessageAction({ messageId: message.id, targetId: target.id, random })
        : firstMessage(random);
    const isDone = await this.call(user, method, `/chat/conversations/${placeId}${path}`, body);
    if (isDone !== undefined) this.messageActions.add(isInThread ? inThread(name) : name);
  }

  private async openThread(user: TestUser, conversationId: string, messageId: string): Promise<void> {
    const { name, method, path } = threadOpening(messageId);
    const thread = await this.call(user, method, `/chat/conversations/${conversationId}${path}`);
    if (!thread || conversationId !== this.conversationId) return;
    this.messageActions.add(name);
    this.threadIds = [...new Set([...this.threadIds, thread.id])];
  }

  /** A message to one account, which is refused after a block, and sometimes a block or its end. */
  private async talkDirectly(actor: TestUser, target: TestUser): Promise<void> {
    const direct = await this.call(actor, 'PUT', `/chat/conversations/direct/${target.id}`);
    const body = { content: `said ${this.random.next()}` };
    if (direct) await this.call(actor, 'POST', `/chat/conversations/${direct.id}/messages`, body);
    const method = this.random.pick(['PUT', 'DELETE', 'DELETE']);
    if (this.random.chance(0.3)) await this.call(actor, method, `/users/me/blocks/${target.id}`);
  }

  private readMembers(): Promise<readonly Membership[]> {
    return this.database.execute<Membership>({ text: MEMBERS, values: [this.conversationId] });
  }

  /** In half of the cases the owner, who may do everything. */
  private pickActor(members: readonly Membership[]): TestUser {
    const owner = members.find(({ role }) => role === 'owner');
    const { userId } = owner && this.random.chance(0.5) ? owner : this.random.pick(members);
    return this.users.find(({ id }) => id === userId) ?? this.random.pick(this.users);
  }

  private async create(): Promise<void> {
    if (this.conversationId !== '' && (await this.readMembers()).length > 0) return;
    const [first, ...others] = this.users;
    if (!first) throw new Error('There is nobody.');
    const [owner = first, ...members] = this.random.sample(others, 3);
    const memberIds = [first, ...members].map(({ id }) => id);
    const path = '/chat/conversations';
    // Refused when one of them has blocked the owner.
    const created =
      (await this.call(owner, 'POST', path, { memberIds })) ??
      (await this.call(first, 'POST', path, { memberIds: [] }));
    if (!created) throw new Error('Nobody may create a conversation.');
    this.conversationId = created.id;
    this.threadIds = [];
  }

  private async plant(members: readonly Membership[]): Promise<void> {
    const inside = new Set(members.map(({ userId }) => userId));
    const outside = this.users.filter(({ id }) => !inside.has(id)).map(({ id }) => id);
    try {
      if (await plantChange(this.database, this.conversationId, outside, this.random)) this.made += 1;
    } catch (error) {
      // A busy machine may not give it the lock in time: then it was not made.
      if (!(error instanceof UnavailableError)) throw error;
    }
  }

  private async call(user: TestUser, method: string, path: string, body?: unknown) {
    const url = this.random.pick(this.urls);
    const answer = await callApi(url, method, path, { token: user.token, body });
    if (answer.status >= 500) throw new Error(`${method} ${path} is answered ${answer.status}.`);
    if (answer.status >= 300) return undefined;
    this.made += 1;
    return answer.status === 204 ? null : answer.body;
  }
}
