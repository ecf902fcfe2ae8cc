import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { LiveSocket } from '../live-socket.ts';
import type { Random } from '../random.ts';
import type { WireError, WireMessage, WireMessageAnswer, WireWindow } from '../wire.ts';
import { randomWallRequest, type WallRequest } from './random-requests.ts';
import { BEHIND_ALL } from './read-wall.ts';
import { WallFold } from './wall-fold.ts';
import { WallListener } from './wall-listener.ts';
import type { OpenWallAct, WallRecord } from './wall-record.ts';

/** Minimum and maximum milliseconds between two acts of a person. */
const PAUSE = [0, 20] as const;
/** Refusals that depend on roles, and on what the others do at the same time. */
const REFUSALS: ReadonlySet<string> = new Set([
  'NOT_MESSAGE_AUTHOR',
  'CANNOT_DELETE_MESSAGE',
  'CANNOT_PIN_MESSAGE',
  'CANNOT_REMOVE_REACTION',
  'CANNOT_MENTION_ALL',
  'CANNOT_CHANGE_CONVERSATION',
  'MESSAGE_DELETED',
  'MESSAGE_CHANGED',
  'TOO_MANY_PINS',
]);

/** A person of a wall: changes one message after another, whether it is allowed or not, and listens. */
export class WallClient {
  readonly socket: LiveSocket;
  readonly listener: WallListener;
  private readonly person: number;
  private readonly account: Account;
  private readonly userIds: readonly string[];
  private readonly record: WallRecord;
  private readonly random: Random;
  private readonly unexpected: string[];
  private readonly fold: WallFold;
  private number = 0;

  constructor(
    person: number,
    accounts: readonly Account[],
    record: WallRecord,
    random: Random,
    unexpected: string[],
  ) {
    this.person = person;
    this.account = accounts[person] as Account;
    this.userIds = accounts.map(({ id }) => id);
    this.record = record;
    this.random = random;
    this.unexpected = unexpected;
    this.fold = new WallFold(person, record);
    record.folds.push(this.fold);
    this.listener = new WallListener(person, this.account, record, this.fold, unexpected);
    this.socket = this.listener.socket;
  }

  async run(enough: () => boolean): Promise<void> {
    while (!enough()) {
      if (this.random.chance(0.02)) this.socket.drop('tcp');
      else if (this.random.chance(0.05)) await this.read();
      else await this.act(randomWallRequest(this.scene()));
      await delay(this.random.integer(...PAUSE));
    }
  }

  private scene() {
    const { person, userIds, random } = this;
    this.number += 1;
    return { person, userIds, random, known: this.record.known(), text: `wall-${person}-${this.number}` };
  }

  private async act({ method, path, body, ...fact }: WallRequest): Promise<void> {
    const act: OpenWallAct = { ...fact, actor: this.person, outcome: 'unknown', rev: 0, ended: Infinity };
    this.record.acts.push(act);
    const begun = this.record.tick();
    const token = await this.account.token();
    const url = `/chat/conversations/${this.record.id}${path}`;
    const answer = await this.account.api.request(method, url, { token, ...(body && { body }) });
    if (!answer) return;
    if (answer.status < 300) this.recordDone(act, begun, answer.body);
    else await this.recordError(act, answer.body as WireError, answer.retryAfter);
  }

  /** A new message is the answer, a changed one is in it; a deletion and a new name have no message. */
  private recordDone(act: OpenWallAct, begun: number, body: unknown): void {
    act.outcome = 'done';
    act.ended = this.record.tick();
    this.record.done += 1;
    this.account.api.counts.changesDone += 1;
    if (act.kind === 'rename' || act.kind === 'delete' || act.kind === 'remove') return;
    const answer = act.kind === 'send' ? { message: body as WireMessage } : (body as WireMessageAnswer);
    const { message } = answer;
    act.rev = message.rev;
    act.message = message.id;
    this.record.recordRead(this.person, begun, [message], answer);
    this.fold.receive(message);
    if (act.kind !== 'send') this.fold.receiveOwn([message], answer.own);
  }

  /** What was answered 503 may have been processed. */
  private async recordError(act: OpenWallAct, error: WireError, wait: number): Promise<void> {
    if (error.statusCode !== 503) act.outcome = 'refused';
    if (error.statusCode === 429 || error.statusCode === 503) {
      this.account.api.counts.retryLaterAnswers += 1;
      await delay(Math.max(wait, error.retryAfterMs ?? 0));
    } else if (!REFUSALS.has(error.code))
      this.unexpected.push(`${this.account.name}: ${act.kind} on a wall: ${error.statusCode} ${error.code}`);
    else this.account.api.counts.changesRefused += 1;
  }

  /** The newest messages. */
  private async read(): Promise<void> {
    const begun = this.record.tick();
    const path = `/chat/conversations/${this.record.id}/messages/window?before=${BEHIND_ALL}&limit=20`;
    const { status, body } = await this.account.requestUntilAnswered('GET', path);
    if (status !== 200)
      return void this.unexpected.push(`${this.account.name}: a window of a wall: ${status}`);
    const { data, own } = body as WireWindow;
    this.record.recordRead(this.person, begun, data, body);
    for (const message of data) this.fold.receive(message);
    return this.fold.receiveOwn(data, own);
  }
}
