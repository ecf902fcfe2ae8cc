import type { Account } from '../account.ts';
import type { Answer } from '../api.ts';
import type { Random } from '../random.ts';
import type { WireConversation, WireError } from '../wire.ts';
import { beginAttempt, endAttempt } from './begin-attempt.ts';
import type { OpenedDirect } from './circle.ts';
import type { CircleRecord, OpenAttempt } from './circle-record.ts';

/** What a person of a circle does with another one alone: they talk directly, and block each other. */
export class DirectTalks {
  private readonly person: number;
  private readonly accounts: readonly Account[];
  private readonly account: Account;
  private readonly record: CircleRecord;
  private readonly random: Random;
  private readonly unexpected: string[];

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
  }

  /** Opens a direct conversation twice at the same time, and sometimes sends a message there. */
  async open(other: number, content: string): Promise<void> {
    const path = `/chat/conversations/direct/${this.idOf(other)}`;
    const open = () => this.request('PUT', path, this.beginDirect(other));
    for (const answer of await Promise.all([open(), open()])) {
      if (!answer || answer.status > 201) continue;
      const { id } = answer.body as WireConversation;
      const isNew = answer.status === 201;
      const opened = { person: this.person, other, id, isNew, hasMessage: false };
      this.record.opened.push(opened);
      if (this.random.chance(0.3)) await this.write(opened, content);
    }
  }

  /** Blocks somebody, tries to reach that person nevertheless, and mostly ends the block: else few could be added later. */
  async block(other: number, content: string): Promise<void> {
    const talk = this.record.opened.find((opened) => opened.other === other && opened.person === this.person);
    await this.setBlock(other, true);
    await (talk ? this.write(talk, content) : this.open(other, content));
    if (this.random.chance(0.8)) await this.setBlock(other, false);
  }

  /** Ends all blocks: another circle of the same people begins without. */
  async endBlocks(): Promise<void> {
    const blocked = this.record.blocks.filter(({ actor }) => actor === this.person);
    for (const subject of new Set(blocked.map((block) => block.subject))) {
      const { status } = await this.account.requestUntilAnswered(
        'DELETE',
        `/users/me/blocks/${this.idOf(subject)}`,
      );
      if (status !== 204) this.unexpected.push(`${this.account.name}: the end of a block: ${status}`);
    }
  }

  private async write(talk: OpenedDirect, content: string): Promise<void> {
    const path = `/chat/conversations/${talk.id}/messages`;
    const sent = await this.request('POST', path, this.beginDirect(talk.other), { content });
    talk.hasMessage ||= sent?.status === 201;
  }

  private async setBlock(other: number, isOn: boolean): Promise<void> {
    const block = { actor: this.person, subject: other, isOn, ...beginAttempt() };
    await this.request(isOn ? 'PUT' : 'DELETE', `/users/me/blocks/${this.idOf(other)}`, block);
    this.record.blocks.push(block);
  }

  /** Of notes to oneself nothing is recorded: nobody blocks himself. */
  private beginDirect(subject: number): OpenAttempt {
    const request = { actor: this.person, subject, ...beginAttempt() };
    if (subject !== this.person) this.record.directRequests.push(request);
    return request;
  }

  private async request(
    method: string,
    path: string,
    attempt: OpenAttempt,
    body?: object,
  ): Promise<Answer | undefined> {
    const token = await this.account.token();
    const answer = await this.account.api.request(method, path, { token, ...(body && { body }) });
    if (!answer || answer.status === 503) return undefined;
    const code = answer.status < 300 ? '' : (answer.body as WireError).code;
    endAttempt(attempt, code);
    if (code !== '' && code !== 'USER_NOT_REACHABLE' && answer.status !== 429)
      this.unexpected.push(`${this.account.name}: ${method} of direct talks: ${answer.status} ${code}`);
    return answer;
  }

  private idOf(person: number): string {
    return this.accounts[person]?.id ?? '';
  }
}
