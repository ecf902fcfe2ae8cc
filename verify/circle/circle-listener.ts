import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../account.ts';
import { LiveSocket } from '../live-socket.ts';
import type { WireHead } from '../wire.ts';
import type { CircleRecord, OpenEar } from './circle-record.ts';

/** Maximum milliseconds to wait for a connection that has ended just before the end. */
const RECONNECTED = 10_000;

/** The socket of a person of a circle: is in the room while the person is a member, and records what it receives. */
export class CircleListener {
  readonly socket: LiveSocket;
  private readonly person: number;
  private readonly name: string;
  private readonly record: CircleRecord;
  private readonly unexpected: string[];
  private ear: OpenEar | undefined;
  private joining: Promise<void> | undefined;

  constructor(person: number, account: Account, record: CircleRecord, unexpected: string[]) {
    this.person = person;
    this.name = account.name;
    this.record = record;
    this.unexpected = unexpected;
    this.socket = new LiveSocket(account, {
      onConnect: () => void this.join(),
      onDisconnect: () => (this.ear = undefined),
      onEvent: (event, payload) => this.onEvent(event, payload),
    });
  }

  /** Joins the room unless it is joined; whoever is no member is refused. */
  async join(): Promise<void> {
    if (this.record.id === '' || this.socket.connection === 0) return;
    this.joining ??= this.joinRoom().finally(() => (this.joining = undefined));
    await this.joining;
  }

  /** Joins what is not joined, and marks the ear as complete to the end, unless the connection ends later. */
  async markEnd(): Promise<void> {
    const until = Date.now() + RECONNECTED;
    while (this.socket.connection === 0 && Date.now() < until) await delay(20);
    await this.joinAgain();
    if (this.ear) this.ear.untilEnd = true;
  }

  private async joinRoom(): Promise<void> {
    const { connection } = this.socket;
    while (this.socket.connection === connection) {
      const ear = this.newEar();
      this.record.ears.push(ear);
      this.ear = ear;
      const answer = await this.socket.emitWithAck('join_room', { conversationId: this.record.id });
      if (answer.kind === 'ok') {
        if (this.ear === ear) ear.revAtJoin = (answer.data as WireHead).rev;
        return;
      }
      if (this.ear === ear) this.ear = undefined;
      if (answer.kind !== 'error') return;
      const { statusCode, code, retryAfterMs = 100 } = answer.error;
      if (statusCode !== 429 && statusCode !== 503) {
        if (code !== 'NOT_CONVERSATION_MEMBER') this.unexpected.push(`${this.name}: join_room: ${code}`);
        return;
      }
      await delay(retryAfterMs);
    }
  }

  private onEvent(event: string, payload: unknown): void {
    const { id, conversationId, type } = payload as { id?: string; conversationId?: string; type?: string };
    if (event === 'conversation_added' && id === this.record.id) void this.joinAgain();
    else if (event === 'conversation_added' && id !== undefined && type === 'direct')
      this.record.shownDirects.push({ person: this.person, connection: this.socket.connection, id });
    if (conversationId !== this.record.id) return;
    if (event === 'conversation_removed') {
      this.ear = undefined;
      return;
    }
    const heard = this.record.hear(event, payload);
    if (heard === undefined) return;
    // An event outside of the room is heard, too: the check decides whether it is allowed.
    if (this.ear) this.ear.heard.push(heard);
    else this.record.ears.push({ ...this.newEar(), heard: [heard] });
  }

  /** A join that was sent before the addition may have been refused. */
  private async joinAgain(): Promise<void> {
    await this.joining;
    if (this.ear === undefined) await this.join();
  }

  private newEar(): OpenEar {
    const { connection } = this.socket;
    return { person: this.person, connection, revAtJoin: -1, untilEnd: false, heard: [] };
  }
}
