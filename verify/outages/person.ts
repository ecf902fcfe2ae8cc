import pLimit from 'p-limit';
import { io, type Socket } from 'socket.io-client';
import type { LocalHttp } from '../neighbours/local-http.ts';

/** Milliseconds without an answer after which a client tries again. */
const ANSWER_LIMIT = 15_000;

export type Answer =
  | { readonly ok: true; readonly id: string }
  /** `again`: milliseconds to wait, as the server says. */
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

interface Told {
  readonly id: string;
  readonly rev: number;
}

interface Joined {
  readonly data: { readonly conversations: readonly { conversationId: string; rev: number }[] };
}

interface Page {
  readonly data: readonly Told[];
  readonly rev: number;
}

/** What a room has said after `since`, up to `rev`. */
interface Missed {
  readonly conversationId: string;
  readonly since: number;
  readonly rev: number;
}

/** A member with a socket, who can also use HTTP. */
export class Person {
  /** Messages heard live, or caught up with. */
  readonly heard = new Set<string>();
  private readonly missed: Missed[] = [];
  private readonly socket: Socket;
  /** How far it has heard of each room. */
  private readonly revs = new Map<string, number>();
  /** The same when the socket went away, until it is in its rooms again. */
  private away: ReadonlyMap<string, number> | undefined;
  private listens = false;

  private constructor(
    readonly id: string,
    readonly token: string,
    private readonly http: LocalHttp,
    url: string,
  ) {
    this.socket = io(`${url}/chat`, { auth: { token }, transports: ['websocket'], forceNew: true });
    this.socket.on('new_message', (message: Told & { readonly conversationId: string }) => {
      this.heard.add(message.id);
      this.revs.set(message.conversationId, message.rev);
    });
    // One that has not come back yet is still away.
    this.socket.on('disconnect', () => (this.away ??= new Map(this.revs)));
  }

  static async arrive(http: LocalHttp, url: string, name: string): Promise<Person> {
    const body = { email: `${name}@outage.example`, password: `a password of ${name}`, displayName: name };
    const { accessToken, user } = await http.expect(201, 'POST', '/auth/signup', { body });
    const { id } = user as { id: string };
    const person = new Person(id, String(accessToken), http, url);
    await new Promise<void>((resolve) => person.socket.once('ready', () => resolve()));
    person.socket.on('ready', () => void person.comeBack());
    return person;
  }

  /** All of its rooms, now and whenever it comes back. */
  async listen(): Promise<void> {
    this.listens = true;
    const asked = this.socket.timeout(ANSWER_LIMIT).emitWithAck('join_all') as Promise<Joined>;
    for (const { conversationId, rev } of (await asked).data.conversations) {
      const since = this.away?.get(conversationId);
      if (since !== undefined && since < rev) this.missed.push({ conversationId, since, rev });
      this.revs.set(conversationId, Math.max(this.revs.get(conversationId) ?? 0, rev));
    }
    this.away = undefined;
  }

  /**
   * Reads what was said while the socket was away: from what it had heard to what it was told when it came back, and no
   * further, as what comes then must be told live.
   */
  async catchUp(): Promise<void> {
    const few = pLimit(4);
    await Promise.all(this.missed.splice(0).map((missed) => few(() => this.read(missed))));
  }

  async send(message: Message, over: 'socket' | 'http'): Promise<Answer> {
    return over === 'socket' ? this.emit(message) : this.post(message);
  }

  /** Answers the status and the code. */
  async upload(url: string, picture: Buffer<ArrayBuffer>): Promise<string> {
    const form = new FormData();
    form.set('avatar', new Blob([picture], { type: 'image/png' }), 'pixel.png');
    const headers = { authorization: `Bearer ${this.token}` };
    const signal = AbortSignal.timeout(ANSWER_LIMIT);
    const answer = await fetch(`${url}/users/me/avatar`, { method: 'POST', headers, body: form, signal });
    const { code = '' } = (await answer.json()) as { code?: string };
    return `${answer.status} ${code}`.trim();
  }

  leave(): void {
    this.socket.close();
  }

  private async emit(message: Message): Promise<Answer> {
    const asked = this.socket.timeout(ANSWER_LIMIT).emitWithAck('send_message', message) as Promise<Ack>;
    const ack = await asked.catch(() => undefined);
    if (!ack) return { ok: false, code: 'no answer', again: 1_000 };
    if (ack.ok) return { ok: true, id: ack.data.message.id };
    const { code, outcome, retryAfterMs = 1_000 } = ack.error;
    return { ok: false, code: outcome === undefined ? code : `${code} (${outcome})`, again: retryAfterMs };
  }

  private async post({ conversationId, ...body }: Message): Promise<Answer> {
    const path = `/chat/conversations/${conversationId}/messages`;
    const sent = this.http.call('POST', path, { token: this.token, body });
    const { status, body: text, again = 1_000 } = await sent;
    if (status === 0) return { ok: false, code: 'no answer', again: 1_000 };
    const answer = JSON.parse(text) as { id: string; code: string; outcome?: string };
    if (status < 300) return { ok: true, id: answer.id };
    const outcome = answer.outcome === undefined ? '' : ` (${answer.outcome})`;
    return { ok: false, code: `${status} ${answer.code}${outcome}`, again };
  }

  private async comeBack(): Promise<void> {
    if (!this.listens) return;
    // Disconnected again, when it fails, and there will be another time.
    await this.listen().catch(() => undefined);
  }

  private async read({ conversationId, since, rev }: Missed): Promise<void> {
    let from = since;
    while (from < rev) {
      const path = `/chat/conversations/${conversationId}/changes?since=${from}&limit=500`;
      const page = (await this.http.expect(200, 'GET', path, { token: this.token })) as unknown as Page;
      for (const told of page.data) if (told.rev <= rev) this.heard.add(told.id);
      // What it does not tell is untold.
      if (page.rev <= from) return;
      from = page.rev;
    }
  }
}
