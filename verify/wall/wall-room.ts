import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { LiveSocket } from '../live-socket.ts';
import type { WireHead, WireMessage, WireMessageUpdated, WireOwnUpdate, WireTimeline } from '../wire.ts';
import type { WallFold } from './wall-fold.ts';
import type { OpenWallEar, WallRecord } from './wall-record.ts';

const PAGE = 100;

/** What a person of a wall belongs to. */
export interface WallPlace {
  readonly person: number;
  readonly account: Account;
  readonly record: WallRecord;
  readonly fold: WallFold;
  /** Receives descriptions of answers that the contract does not allow. */
  readonly unexpected: string[];
}

/** The room of a wall, or of a thread of it: keeps what a socket receives there, and reads what it has missed. */
export class WallRoom {
  readonly place: WallPlace;
  private readonly socket: LiveSocket;
  private ear: OpenWallEar | undefined;
  private joining: Promise<void> | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(place: WallPlace, socket: LiveSocket) {
    this.place = place;
    this.socket = socket;
  }

  /** Joins the room unless it is joined, and reads what was missed. */
  async join(): Promise<void> {
    if (this.place.record.id === '' || this.socket.connection === 0) return;
    this.joining ??= this.joinRoom().finally(() => (this.joining = undefined));
    await this.joining;
  }

  /** The connection, or the membership, has ended. */
  leave(): void {
    this.ear = undefined;
  }

  /** Joins what is not joined, and marks the ear as complete to the end, unless the connection ends later. */
  async markEnd(): Promise<void> {
    await this.joining;
    if (this.ear === undefined) await this.join();
    if (this.ear) this.ear.untilEnd = true;
    await this.reading;
  }

  onEvent(event: string, payload: unknown): void {
    const { fold } = this.place;
    const { rev, prevRev } = payload as { rev?: number; prevRev?: number };
    if (event === 'me_updated') fold.updateOwn((payload as WireOwnUpdate).own ?? {});
    if (event === 'new_message') this.hear(payload as WireMessage);
    if (event === 'message_updated') {
      const { message, delta } = payload as WireMessageUpdated;
      fold.followOwn(message, delta);
      this.hear(message);
    }
    // The error is not lost: `markEnd` throws it.
    if (rev !== undefined && !fold.follows(rev, prevRev)) this.catchUp().catch(() => undefined);
  }

  private async joinRoom(): Promise<void> {
    const { record, person } = this.place;
    const { connection } = this.socket;
    while (this.socket.connection === connection) {
      const ear: OpenWallEar = { person, connection, revAtJoin: -1, untilEnd: false, heard: [] };
      record.ears.push(ear);
      this.ear = ear;
      const answer = await this.socket.emitWithAck('join_room', { conversationId: record.id });
      if (answer.kind === 'ok') {
        if (this.ear === ear) ear.revAtJoin = (answer.data as WireHead).rev;
        return this.catchUp();
      }
      if (this.ear === ear) this.ear = undefined;
      if (answer.kind !== 'error') return;
      const { statusCode, code, retryAfterMs = 100 } = answer.error;
      if (statusCode !== 429 && statusCode !== 503) return this.refuse('join_room', statusCode, code);
      await delay(retryAfterMs);
    }
  }

  private catchUp(): Promise<void> {
    this.reading = this.reading.then(() => this.readMissing());
    return this.reading;
  }

  private async readMissing(): Promise<void> {
    const { account, record, fold, person } = this.place;
    for (;;) {
      const begun = record.tick();
      const since = fold.completeTo;
      const path = `/chat/conversations/${record.id}/changes?since=${since}&limit=${PAGE}&events=true`;
      const { status, body } = await account.requestUntilAnswered('GET', path);
      if (status !== 200) return this.refuse('changes', status);
      const { data, own, rev, hasMore } = body as WireTimeline;
      record.recordRead(person, begun, data, body);
      for (const message of data) fold.receive(message);
      fold.receiveOwn(data, own);
      fold.completeTo = Math.max(since, rev);
      if (!hasMore || rev <= since) return;
    }
  }

  /** Only the guest is no member at times. */
  private refuse(what: string, status: number, code = ''): void {
    const { account, record, person, unexpected } = this.place;
    if (status !== 403 || person !== record.absence.guest)
      unexpected.push(`${account.name}: ${what} of a wall: ${status} ${code}`);
  }

  private hear(message: WireMessage): void {
    const { account, record, fold, person } = this.place;
    const state = fold.receive(message);
    this.ear?.heard.push(state);
    if (record.isThread) record.absence.witness(person, message.content);
    if (record.absence.isOutside(person, message.content))
      record.outside.push(`${account.name} received ${message.content} after the removal`);
  }
}
