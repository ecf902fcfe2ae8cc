import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { Random } from '../random.ts';
import type { WireConversation, WireError } from '../wire.ts';
import type { Fact, Role } from './circle.ts';
import { CircleListener } from './circle-listener.ts';
import type { CircleRecord, OpenAct } from './circle-record.ts';

/** Minimum and maximum milliseconds between two acts of a person. */
const PAUSE = [0, 10] as const;
/** Share of the acts that are chosen without regard for the roles. */
const BLIND = 0.2;
/** Person 0 is never removed and never leaves: somebody must be able to read the end. */
const KEEPER = 0;
/** Refusals that depend on what the others do at the same time. */
const REFUSALS: ReadonlySet<string> = new Set([
  'NOT_CONVERSATION_MEMBER',
  'CANNOT_ADD_MEMBER',
  'CANNOT_REMOVE_MEMBER',
  'CANNOT_CHANGE_ROLE',
  'CANNOT_CHANGE_CONVERSATION',
  'MEMBER_NOT_FOUND',
  'ALREADY_CONVERSATION_MEMBER',
]);
const ROLES: readonly Role[] = ['admin', 'admin', 'member', 'owner'];

/** A person of a circle: does one thing after another, whether it is allowed or not. */
export class CircleClient {
  readonly listener: CircleListener;
  private readonly others: readonly number[];
  private readonly person: number;
  private readonly accounts: readonly Account[];
  private readonly account: Account;
  private readonly record: CircleRecord;
  private readonly random: Random;
  private readonly unexpected: string[];
  private number = 0;

  constructor(
    person: number,
    accounts: readonly Account[],
    record: CircleRecord,
    random: Random,
    unexpected: string[],
  ) {
    this.person = person;
    this.accounts = accounts;
    this.account = accounts[person] as Account;
    this.record = record;
    this.random = random;
    this.unexpected = unexpected;
    this.others = [...accounts.keys()].filter((other) => other !== person);
    this.listener = new CircleListener(person, this.account, record, unexpected);
  }

  async run(enough: () => boolean): Promise<void> {
    while (!enough()) {
      await this.act();
      await delay(this.random.integer(...PAUSE));
    }
  }

  private act(): Promise<void> {
    const { roles } = this.record;
    const role = roles.get(this.person);
    const absent = this.others.filter((other) => !roles.has(other));
    if (this.random.chance(0.02)) return Promise.resolve(this.listener.socket.drop('tcp'));
    if (this.random.chance(0.05)) return this.openDirect(this.random.integer(0, this.accounts.length - 1));
    if (this.random.chance(BLIND)) return this.actAs('owner', this.random.pick(this.others), 0.5);
    // Whoever is out waits until somebody adds it.
    if (role === undefined) return this.random.chance(0.1) ? this.send() : delay(20);
    if (role !== 'member' && absent.length > 0 && this.random.chance(0.5))
      return this.add(this.random.pick(absent));
    return this.actAs(role, this.random.pick(this.others));
  }

  /** @param least excludes the acts before it: below 0.5 a message is sent */
  private actAs(role: Role, subject: number, least = 0): Promise<void> {
    const dice = least + this.random.next() * (1 - least);
    if (dice < 0.5) return this.send();
    if (dice < 0.6 && this.person !== KEEPER) return this.endMembership(this.person, 'left');
    if (role === 'member') return this.send();
    if (dice < 0.7) return subject === KEEPER ? this.send() : this.endMembership(subject, 'removed');
    if (dice < 0.8) return this.add(subject);
    if (dice < 0.92) {
      const fact = this.fact('member_updated', subject, this.random.pick(ROLES));
      return this.request('PATCH', `/members/${this.idOf(subject)}`, fact);
    }
    return this.request('PATCH', '', this.fact('conversation_updated', -1, this.unique()));
  }

  private add(subject: number): Promise<void> {
    return this.request('POST', '/members', this.fact('member_added', subject, 'member'));
  }

  private endMembership(subject: number, reason: 'left' | 'removed'): Promise<void> {
    const fact = this.fact('member_removed', subject, reason);
    return this.request('DELETE', `/members/${this.idOf(subject)}`, fact);
  }

  /** Opens a direct conversation twice at the same time, and sometimes sends a message there. */
  private async openDirect(other: number): Promise<void> {
    const { api } = this.account;
    const token = await this.account.token();
    const open = () => api.request('PUT', `/chat/conversations/direct/${this.idOf(other)}`, { token });
    for (const answer of await Promise.all([open(), open()])) {
      if (!answer || answer.status === 503 || answer.status === 429) continue;
      if (answer.status > 201) {
        this.unexpected.push(`${this.account.name}: a direct conversation: ${answer.status}`);
        continue;
      }
      const { id } = answer.body as WireConversation;
      const isNew = answer.status === 201;
      const opened = { person: this.person, other, id, isNew, hasMessage: false };
      this.record.opened.push(opened);
      if (this.random.chance(0.7)) continue;
      const body = { content: this.unique() };
      const sent = await api.request('POST', `/chat/conversations/${id}/messages`, { token, body });
      opened.hasMessage = sent?.status === 201;
    }
  }

  private fact(kind: Fact['kind'], subject: number, value: string): Fact {
    return { kind, actor: this.person, subject, value };
  }

  private unique(): string {
    this.number += 1;
    return `${this.account.name}: ${this.number}`;
  }

  private async send(): Promise<void> {
    const fact = this.fact('message', -1, this.unique());
    if (this.random.chance(0.5)) return this.request('POST', '/messages', fact);
    const act = this.begin(fact);
    const payload = { conversationId: this.record.id, content: fact.value };
    const answer = await this.listener.socket.emitWithAck('send_message', payload);
    if (answer.kind === 'ok') this.recordDone(act);
    if (answer.kind === 'error') await this.recordError(act, 'send_message', answer.error);
    return undefined;
  }

  private async request(method: string, path: string, fact: Fact): Promise<void> {
    const token = await this.account.token();
    const act = this.begin(fact);
    const body = this.bodyOf(fact);
    const url = `/chat/conversations/${this.record.id}${path}`;
    const answer = await this.account.api.request(method, url, { token, ...(body && { body }) });
    if (!answer) return;
    if (answer.status < 300) this.recordDone(act);
    else await this.recordError(act, `${method} ${fact.kind}`, answer.body as WireError, answer.retryAfter);
  }

  private bodyOf({ kind, subject, value }: Fact): object | undefined {
    if (kind === 'member_removed') return undefined;
    if (kind === 'member_added') return { userId: this.idOf(subject) };
    const field = kind === 'message' ? 'content' : kind === 'member_updated' ? 'role' : 'title';
    return { [field]: value };
  }

  private begin(fact: Fact): OpenAct {
    const act: OpenAct = { ...fact, outcome: 'unknown' };
    this.record.acts.push(act);
    return act;
  }

  private recordDone(act: OpenAct): void {
    act.outcome = 'done';
    this.record.done += 1;
    this.account.api.counts.changesDone += 1;
  }

  /** What was answered 503 may have been processed. */
  private async recordError(act: OpenAct, what: string, error: WireError, wait = 0): Promise<void> {
    if (error.statusCode !== 503) act.outcome = 'refused';
    if (error.statusCode === 429 || error.statusCode === 503) {
      this.account.api.counts.retryLaterAnswers += 1;
      await delay(Math.max(wait, error.retryAfterMs ?? 0));
    } else if (!REFUSALS.has(error.code))
      this.unexpected.push(`${this.account.name}: ${what}: ${error.statusCode} ${error.code}`);
    else this.account.api.counts.changesRefused += 1;
  }

  private idOf(person: number): string {
    return this.accounts[person]?.id ?? '';
  }
}
