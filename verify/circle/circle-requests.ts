import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { Random } from '../random.ts';
import type { WireError } from '../wire.ts';
import { beginAttempt, endAttempt } from './begin-attempt.ts';
import type { Fact, Role } from './circle.ts';
import type { CircleListener } from './circle-listener.ts';
import type { CircleRecord, OpenAct, OpenAttempt } from './circle-record.ts';

/** Refusals that depend on what the others do at the same time. */
const REFUSALS: ReadonlySet<string> = new Set([
  'NOT_CONVERSATION_MEMBER',
  'CANNOT_ADD_MEMBER',
  'CANNOT_REMOVE_MEMBER',
  'CANNOT_CHANGE_ROLE',
  'CANNOT_CHANGE_CONVERSATION',
  'MEMBER_NOT_FOUND',
  'ALREADY_CONVERSATION_MEMBER',
  'MEMBER_BANNED',
  'INVITE_NOT_FOUND',
  'TOO_MANY_INVITES',
  'USER_NOT_REACHABLE',
]);

/** What a person of a circle requests of it: each request has one attempt, and is recorded with its outcome. */
export class CircleRequests {
  private readonly person: number;
  private readonly accounts: readonly Account[];
  private readonly account: Account;
  private readonly record: CircleRecord;
  private readonly listener: CircleListener;
  private readonly random: Random;
  private readonly unexpected: string[];

  constructor(
    person: number,
    accounts: readonly Account[],
    record: CircleRecord,
    listener: CircleListener,
    random: Random,
    unexpected: string[],
  ) {
    this.person = person;
    this.accounts = accounts;
    this.account = accounts[person] as Account;
    this.record = record;
    this.listener = listener;
    this.random = random;
    this.unexpected = unexpected;
  }

  async send(content: string): Promise<void> {
    const fact = this.fact('message', -1, content);
    if (this.random.chance(0.5)) return this.act('POST', this.path('/messages'), fact, { content });
    const act = this.begin(fact);
    const payload = { conversationId: this.record.id, content };
    const answer = await this.listener.socket.emitWithAck('send_message', payload);
    if (answer.kind === 'ok') this.recordDone(act);
    if (answer.kind === 'error') await this.recordError(act, 'send_message', answer.error);
    return undefined;
  }

  async add(subject: number): Promise<void> {
    const fact = this.fact('member_added', subject, 'member');
    await this.act('POST', this.path('/members'), fact, { userId: this.idOf(subject) });
  }

  async endMembership(subject: number, reason: 'left' | 'removed'): Promise<void> {
    const fact = this.fact('member_removed', subject, reason);
    await this.act('DELETE', this.path(`/members/${this.idOf(subject)}`), fact);
  }

  async changeRole(subject: number, role: Role): Promise<void> {
    const fact = this.fact('member_updated', subject, role);
    await this.act('PATCH', this.path(`/members/${this.idOf(subject)}`), fact, { role });
  }

  async rename(title: string): Promise<void> {
    await this.act('PATCH', this.path(''), this.fact('conversation_updated', -1, title), { title });
  }

  /** It ends the membership, if there is one. */
  async ban(subject: number): Promise<void> {
    const act = this.begin(this.fact('member_removed', subject, 'banned'));
    await this.finish(act, 'PUT', this.path(`/bans/${this.idOf(subject)}`), {});
    this.record.bans.push({ ...act, isOn: true });
    if (act.outcome === 'done') this.record.banned.add(subject);
  }

  async unban(subject: number): Promise<void> {
    const end = { actor: this.person, subject, isOn: false, ...beginAttempt() };
    await this.finish(end, 'DELETE', this.path(`/bans/${this.idOf(subject)}`));
    this.record.bans.push(end);
    if (end.outcome === 'done') this.record.banned.delete(subject);
  }

  async invite(): Promise<void> {
    const maxUses = this.random.integer(1, 2);
    const body = { maxUses, history: this.random.pick(['all', 'none']) };
    const made = await this.finish(beginAttempt(), 'POST', this.path('/invites'), body);
    if (!made) return;
    this.record.invites.push((made as { readonly token: string }).token);
    this.record.invitePlaces += maxUses;
  }

  async joinBy(token: string): Promise<void> {
    await this.act('POST', `/chat/invites/${token}/join`, this.fact('member_added', this.person, 'member'));
  }

  private async act(method: string, path: string, fact: Fact, body?: object): Promise<void> {
    await this.finish(this.begin(fact), method, path, body);
  }

  /** Sends a request and takes note of its outcome. @returns the body of an answer with success */
  private async finish(attempt: OpenAttempt, method: string, path: string, body?: object): Promise<unknown> {
    const token = await this.account.token();
    const answer = await this.account.api.request(method, path, { token, ...(body && { body }) });
    if (!answer) return undefined;
    if (answer.status < 300) {
      this.recordDone(attempt);
      return answer.body;
    }
    const what = `${method} ${path.replace(/[\w-]{20,}/g, '…')}`;
    await this.recordError(attempt, what, answer.body as WireError, answer.retryAfter);
    return undefined;
  }

  private fact(kind: Fact['kind'], subject: number, value: string): Fact {
    return { kind, actor: this.person, subject, value };
  }

  private begin(fact: Fact): OpenAct {
    const act: OpenAct = { ...fact, ...beginAttempt() };
    this.record.acts.push(act);
    return act;
  }

  private recordDone(attempt: OpenAttempt): void {
    endAttempt(attempt);
    this.record.done += 1;
    this.account.api.counts.changesDone += 1;
  }

  /** What was answered 503 may have been processed. */
  private async recordError(attempt: OpenAttempt, what: string, error: WireError, wait = 0): Promise<void> {
    if (error.statusCode !== 503) endAttempt(attempt, error.code);
    if (error.statusCode === 429 || error.statusCode === 503) {
      this.account.api.counts.retryLaterAnswers += 1;
      await delay(Math.max(wait, error.retryAfterMs ?? 0));
    } else if (!REFUSALS.has(error.code))
      this.unexpected.push(`${this.account.name}: ${what}: ${error.statusCode} ${error.code}`);
    else this.account.api.counts.changesRefused += 1;
  }

  private path(below: string): string {
    return `/chat/conversations/${this.record.id}${below}`;
  }

  private idOf(person: number): string {
    return this.accounts[person]?.id ?? '';
  }
}
