import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import { LiveSocket } from '../live-socket.ts';
import type { WireHead, WireMessage, WireMessageUpdated, WireOwnUpdate, WireTimeline } from '../wire.ts';
import type { WallFold } from './wall-fold.ts';
import type { OpenWallEar, WallRecord } from './wall-record.ts';

const PAGE = 100;

/** The socket of a person of a wall: joins the room, keeps what it receives, and reads what it has missed. */
export class WallListener {
  readonly socket: LiveSocket;
  private readonly person: number;
  private readonly account: Account;
  private readonly record: WallRecord;
  private readonly fold: WallFold;
  private readonly unexpected: string[];
  private ear: OpenWallEar | undefined;
  private joining: Promise<void> | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(person: number, account: Account, record: WallRecord, fold: WallFold, unexpected: string[]) {
    this.person = person;
    this.account = account;
    this.record = record;
    this.fold = fold;
    this.unexpected = unexpected;
    this.socket = new LiveSocket(account, {
      onConnect: () => void this.join(),
      onDisconnect: () => (this.ear = undefined),
      onEvent: (event, payload) => this.onEvent(event, payload),
    });
  }

  /** Joins the room unless it is joined, and reads what was missed. */
  async join(): Promise<void> {
    if (this.record.id === '' || this.socket.connection === 0) return;
    this.joining ??= this.joinRoom().finally(() => (this.joining = undefined));
    await this.joining;
  }

  /** Joins what is not joined, and marks the ear as complete to the end, unless the connection ends later. */
  async markEnd(): Promise<void> {
    await this.joining;
    if (this.ear === undefined) await this.join();
    if (this.ear) this.ear.untilEnd = true;
    await this.reading;
  }

  private async joinRoom(): Promise<void> {
    const { connection } = this.socket;
    while (this.socket.connection === connection) {
      const ear: OpenWallEar = { person: this.person, connection, revAtJoin: -1, untilEnd: false, heard: [] };
      this.record.ears.push(ear);
      this.ear = ear;
      const answer = await this.socket.emitWithAck('join_room', { conversationId: this.record.id });
      if (answer.kind === 'ok') {
        if (this.ear === ear) ear.revAtJoin = (answer.data as WireHead).rev;
        return this.catchUp();
      }
      if (this.ear === ear) this.ear = undefined;
      if (answer.kind !== 'error') return;
      const { statusCode, code, retryAfterMs = 100 } = answer.error;
      if (statusCode !== 429 && statusCode !== 503)
        return void this.unexpected.push(`${this.account.name}: join_room of a wall: ${code}`);
      await delay(retryAfterMs);
    }
  }

  private catchUp(): Promise<void> {
    this.reading = this.reading.then(() => this.readMissing());
    return this.reading;
  }

  private async readMissing(): Promise<void> {
    for (;;) {
      const begun = this.record.tick();
      const since = this.fold.completeTo;
      const path = `/chat/conversations/${this.record.id}/changes?since=${since}&limit=${PAGE}&events=true`;
      const { status, body } = await this.account.requestUntilAnswered('GET', path);
      if (status !== 200)
        return void this.unexpected.push(`${this.account.name}: changes of a wall: ${status}`);
      const { data, own, rev, hasMore } = body as WireTimeline;
      this.record.recordRead(this.person, begun, data, body);
      for (const message of data) this.fold.receive(message);
      this.fold.receiveOwn(data, own);
      this.fold.completeTo = Math.max(since, rev);
      if (!hasMore || rev <= since) return;
    }
  }

  private onEvent(event: string, payload: unknown): void {
    const { conversationId, rev, prevRev } = payload as {
      conversationId?: string;
      rev?: number;
      prevRev?: number;
    };
    if (conversationId !== this.record.id) return;
    if (event === 'me_updated') this.fold.updateOwn((payload as WireOwnUpdate).own ?? {});
    if (event === 'new_message') this.hear(payload as WireMessage);
    if (event === 'message_updated') {
      const { message, delta } = payload as WireMessageUpdated;
      this.fold.followOwn(message, delta);
      this.hear(message);
    }
    // The error is not lost: `markEnd` throws it.
    if (rev !== undefined && !this.fold.follows(rev, prevRev)) this.catchUp().catch(() => undefined);
  }

  private hear(message: WireMessage): void {
    const state = this.fold.receive(message);
    this.ear?.heard.push(state);
  }
}
