import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { Answer } from '../api.ts';
import type { LiveSocket } from '../live-socket.ts';
import type { Random } from '../random.ts';
import type { WireError, WireMessage, WireMessageAnswer, WireWindow } from '../wire.ts';
import { randomWallRequest, type WallRequest } from './random-requests.ts';
import { BEHIND_ALL } from './read-wall.ts';
import { WallFold } from './wall-fold.ts';
import { WallListener } from './wall-listener.ts';
import type { WallAct } from './wall.ts';
import type { OpenWallAct, WallRecord } from './wall-record.ts';
import type { WallPlace } from './wall-room.ts';

/** Minimum and maximum milliseconds between two acts of a person. */
const PAUSE = [0, 20] as const;
/** Of a wall, at most, unless several are opened at the same time. */
const THREADS = 2;
/** Acts whose answers have no message. */
const WITHOUT_MESSAGE: ReadonlySet<WallAct['kind']> = new Set([
  'rename',
  'delete',
  'remove',
  'open',
  'follow',
  'unfollow',
  'mark',
]);
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
  'THREAD_NOT_ALLOWED',
]);

/** A person of a wall: changes one message after another, there and in threads, whether it is allowed or not, and listens. */
export class WallClient {
  readonly socket: LiveSocket;
  readonly listener: WallListener;
  private readonly person: number;
  private readonly account: Account;
  private readonly userIds: readonly string[];
  private readonly random: Random;
  private readonly unexpected: string[];
  /** The wall, and behind it its threads. */
  private readonly places: WallPlace[] = [];
  private number = 0;

  constructor(person: number, accounts: readonly Account[], random: Random, unexpected: string[]) {
    this.person = person;
    this.account = accounts[person] as Account;
    this.userIds = accounts.map(({ id }) => id);
    this.random = random;
    this.unexpected = unexpected;
    this.listener = new WallListener(this.account);
    this.socket = this.listener.socket;
  }

  /** Begins to listen there, and to act. */
  async add(record: WallRecord): Promise<void> {
    const { person, account, unexpected } = this;
    const fold = new WallFold(person, record);
    record.folds.push(fold);
    const place = { person, account, record, fold, unexpected };
    this.places.push(place);
    await this.listener.add(place);
  }

  async run(enough: () => boolean): Promise<void> {
    while (!enough()) {
      const place = this.pickPlace();
      if (this.random.chance(0.02)) this.socket.drop('tcp');
      else if (this.random.chance(0.05)) await this.read(place);
      else await this.act(place, randomWallRequest(this.scene(place)));
      await delay(this.random.integer(...PAUSE));
    }
  }

  /** Half of the time the wall itself. */
  private pickPlace(): WallPlace {
    const [wall, ...threads] = this.places;
    if (!wall) throw new RangeError('a person has no wall');
    return threads.length > 0 && this.random.chance(0.5) ? this.random.pick(threads) : wall;
  }

  private scene({ record }: WallPlace) {
    const { person, userIds, random } = this;
    this.number += 1;
    const { isThread } = record;
    const mayOpen = !isThread && this.places.length <= THREADS;
    const text = `wall-${person}-${this.number}`;
    return { person, userIds, random, known: record.known(), text, isThread, mayOpen };
  }

  private async act(place: WallPlace, { method, path, body, ...fact }: WallRequest): Promise<void> {
    const { record } = place;
    const act: OpenWallAct = { ...fact, actor: this.person, outcome: 'unknown', rev: 0, ended: Infinity };
    record.acts.push(act);
    if (fact.kind === 'send' || fact.kind === 'edit') record.absence.write(fact.value);
    const begun = record.tick();
    const token = await this.account.token();
    const url = `/chat/conversations/${record.id}${path}`;
    const answer =
      method === 'mark_read'
        ? await this.emit(method, { conversationId: record.id, ...body })
        : await this.account.api.request(method, url, { token, ...(body && { body }) });
    if (!answer) return;
    if (answer.status < 300) this.recordDone(place, act, begun, answer.body);
    else await this.recordError(act, record, answer.body as WireError, answer.retryAfter);
  }

  private async emit(event: string, payload: object): Promise<Answer | undefined> {
    const answer = await this.socket.emitWithAck(event, payload);
    if (answer.kind === 'ok') return { status: 200, body: answer.data, retryAfter: 0 };
    if (answer.kind !== 'error') return undefined;
    return { status: answer.error.statusCode, body: answer.error, retryAfter: 0 };
  }

  /** A new message is the answer, a changed one is in it; other acts have none. */
  private recordDone({ record, fold }: WallPlace, act: OpenWallAct, begun: number, body: unknown): void {
    act.outcome = 'done';
    act.ended = record.tick();
    record.done += 1;
    this.account.api.counts.changesDone += 1;
    if (record.absence.isOutside(this.person, act.value))
      record.outside.push(`${this.account.name} may ${act.kind} after the removal`);
    if (WITHOUT_MESSAGE.has(act.kind)) return;
    const answer = act.kind === 'send' ? { message: body as WireMessage } : (body as WireMessageAnswer);
    const { message } = answer;
    act.rev = message.rev;
    act.message = message.id;
    record.recordRead(this.person, begun, [message], answer);
    fold.receive(message);
    if (act.kind !== 'send') fold.receiveOwn([message], answer.own);
  }

  /** What was answered 503 may have been processed. */
  private async recordError(
    act: OpenWallAct,
    { absence }: WallRecord,
    error: WireError,
    wait: number,
  ): Promise<void> {
    if (error.statusCode !== 503) act.outcome = 'refused';
    const isAbsent = error.code === 'NOT_CONVERSATION_MEMBER' && this.person === absence.guest;
    if (error.statusCode === 429 || error.statusCode === 503) {
      this.account.api.counts.retryLaterAnswers += 1;
      await delay(Math.max(wait, error.retryAfterMs ?? 0));
    } else if (!REFUSALS.has(error.code) && !isAbsent)
      this.unexpected.push(`${this.account.name}: ${act.kind} on a wall: ${error.statusCode} ${error.code}`);
    else this.account.api.counts.changesRefused += 1;
  }

  /** The newest messages. */
  private async read({ record, fold }: WallPlace): Promise<void> {
    const begun = record.tick();
    const path = `/chat/conversations/${record.id}/messages/window?before=${BEHIND_ALL}&limit=20`;
    const { status, body } = await this.account.requestUntilAnswered('GET', path);
    if (status === 403 && this.person === record.absence.guest) return;
    if (status !== 200)
      return void this.unexpected.push(`${this.account.name}: a window of a wall: ${status}`);
    const { data, own } = body as WireWindow;
    record.recordRead(this.person, begun, data, body);
    for (const message of data) fold.receive(message);
    return fold.receiveOwn(data, own);
  }
}
