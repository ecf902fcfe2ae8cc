import pLimit from 'p-limit';
import { io, type Socket } from 'socket.io-client';
import type { LocalHttp } from '../neighbours/local-http.ts';

/** Milliseconds without an answer after which a client retries. */
const ANSWER_LIMIT = 15_000;

export type Answer =
  | { readonly ok: true; readonly id: string }
  /** `again`: milliseconds to wait before a retry. */
  | { readonly ok: false; readonly code: string; readonly again: number };

export interface Message {
  readonly conversationId: string;
  readonly content: string;
  readonly clientMessageId: string;
}

interface Ack {
  readonly ok: boolean;
  readonly data: { readonly message: { readonly id: string } };
  readonly error: { readonly code: string; readonly outcome?: string; readonly retryAfterMs?: number };
}

interface ReceivedMessage {
  readonly id: string;
  readonly rev: number;
}

interface Joined {
  readonly data: { readonly conversations: readonly { conversationId: string; rev: number }[] };
}

interface Page {
  readonly data: readonly ReceivedMessage[];
  readonly rev: number;
}

/** The changes of a room after `since`, up to `rev`, that a listener missed. */
interface Missed {
  readonly conversationId: string;
  readonly since: number;
  readonly rev: number;
}

/** A user with a socket, who can also send over HTTP. */
export class Person {
  /** Ids of the messages that were received live or by catching up. */
  readonly received = new Set<string>();
  private readonly missed: Missed[] = [];
  private readonly socket: Socket;
  /** The last `rev` received of each room. */
  private readonly revs = new Map<string, number>();
  /** `revs` at the time of the disconnect, until the rooms are joined again. */
  private revsAtDisconnect: ReadonlyMap<string, number> | undefined;
  private isListening = false;

  private constructor(
    readonly id: string,
    readonly token: string,
    private readonly http: LocalHttp,
    url: string,
  ) {
    this.socket = io(`${url}/chat`, { auth: { token }, transports: ['websocket'], forceNew: true });
    this.socket.on('new_message', (message: ReceivedMessage & { readonly conversationId: string }) => {
      this.received.add(message.id);
      this.revs.set(message.conversationId, message.rev);
    });
    // A second disconnect before the rooms are joined again keeps the first state.
    this.socket.on('disconnect', () => (this.revsAtDisconnect ??= new Map(this.revs)));
  }

  /** Signs up and connects a socket. */
  static async signUp(http: LocalHttp, url: string, name: string): Promise<Person> {
    const body = { email: `${name}@outage.example`, password: `a password of ${name}`, displayName: name };
    const { accessToken, user } = await http.requestJson(201, 'POST', '/auth/signup', { body });
    const { id } = user as { id: string };
    const person = new Person(id, String(accessToken), http, url);
    await new Promise<void>((resolve) => person.socket.once('ready', () => resolve()));
    person.socket.on('ready', () => void person.rejoin());
    return person;
  }

  /** Joins all rooms of the user, now and after each reconnect. */
  async joinAll(): Promise<void> {
    this.isListening = true;
    const asked = this.socket.timeout(ANSWER_LIMIT).emitWithAck('join_all') as Promise<Joined>;
    for (const { conversationId, rev } of (await asked).data.conversations) {
      const since = this.revsAtDisconnect?.get(conversationId);
      if (since !== undefined && since < rev) this.missed.push({ conversationId, since, rev });
      this.revs.set(conversationId, Math.max(this.revs.get(conversationId) ?? 0, rev));
    }
    this.revsAtDisconnect = undefined;
  }

  /**
   * Reads the changes during a disconnect: from the last `rev` received before it up to the `rev` of the answer to `join_all`.
   * Later changes must be received live.
   */
  async catchUp(): Promise<void> {
    const few = pLimit(4);
    await Promise.all(this.missed.splice(0).map((missed) => few(() => this.readChanges(missed))));
  }

  async send(message: Message, over: 'socket' | 'http'): Promise<Answer> {
    return over === 'socket' ? this.sendOverSocket(message) : this.sendOverHttp(message);
  }

  /** Uploads an avatar. @returns the status and the error code of the answer */
  async uploadAvatar(url: string, picture: Buffer<ArrayBuffer>): Promise<string> {
    const form = new FormData();
    form.set('avatar', new Blob([picture], { type: 'image/png' }), 'pixel.png');
    const headers = { authorization: `Bearer ${this.token}` };
    const signal = AbortSignal.timeout(ANSWER_LIMIT);
    const answer = await fetch(`${url}/users/me/avatar`, { method: 'POST', headers, body: form, signal });
    const { code = '' } = (await answer.json()) as { code?: string };
    return `${answer.status} ${code}`.trim();
  }

  disconnect(): void {
    this.socket.close();
  }

  private async sendOverSocket(message: Message): Promise<Answer> {
    const asked = this.socket.timeout(ANSWER_LIMIT).emitWithAck('send_message', message) as Promise<Ack>;
    const ack = await asked.catch(() => undefined);
    if (!ack) return { ok: false, code: 'no answer', again: 1_000 };
    if (ack.ok) return { ok: true, id: ack.data.message.id };
    const { code, outcome, retryAfterMs = 1_000 } = ack.error;
    return { ok: false, code: outcome === undefined ? code : `${code} (${outcome})`, again: retryAfterMs };
  }

  private async sendOverHttp({ conversationId, ...body }: Message): Promise<Answer> {
    const path = `/chat/conversations/${conversationId}/messages`;
    const sent = this.http.call('POST', path, { token: this.token, body });
    const { status, body: text, retryAfter: again = 1_000 } = await sent;
    if (status === 0) return { ok: false, code: 'no answer', again: 1_000 };
    const answer = JSON.parse(text) as { id: string; code: string; outcome?: string };
    if (status < 300) return { ok: true, id: answer.id };
    const outcome = answer.outcome === undefined ? '' : ` (${answer.outcome})`;
    return { ok: false, code: `${status} ${answer.code}${outcome}`, again };
  }

  private async rejoin(): Promise<void> {
    if (!this.isListening) return;
    // A failure means that the socket is disconnected again; the next `ready` repeats this.
    await this.joinAll().catch(() => undefined);
  }

  private async readChanges({ conversationId, since, rev }: Missed): Promise<void> {
    let from = since;
    while (from < rev) {
      const path = `/chat/conversations/${conversationId}/changes?since=${from}&limit=500`;
      const page = (await this.http.requestJson(200, 'GET', path, { token: this.token })) as unknown as Page;
      for (const message of page.data) if (message.rev <= rev) this.received.add(message.id);
      // A page without progress: the messages that it lacks count as undelivered.
      if (page.rev <= from) return;
      from = page.rev;
    }
  }
}
