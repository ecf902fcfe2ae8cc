import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import { LiveSocket } from './live-socket.ts';
import type { Random } from './random.ts';
import type { OpenSend, Recorder } from './recorder.ts';
import { OWN_EVENTS, type WireError, type WireMessage } from './wire.ts';

/** Milliseconds between two attempts. */
const ATTEMPT_INTERVAL = 25;

/** A user who is a member of no conversation, and tries to read, join and send. */
export class Stranger {
  readonly socket: LiveSocket;
  private readonly client: number;
  private readonly account: Account;
  private readonly conversations: readonly Conversation[];
  private readonly recorder: Recorder;
  private readonly random: Random;
  private tries = 0;

  constructor(
    client: number,
    account: Account,
    conversations: readonly Conversation[],
    recorder: Recorder,
    random: Random,
  ) {
    this.client = client;
    this.account = account;
    this.conversations = conversations;
    this.recorder = recorder;
    this.random = random;
    this.socket = new LiveSocket(account, {
      onConnect: () => undefined,
      onDisconnect: () => undefined,
      onEvent: (event, payload) => this.onEvent(event, payload),
    });
  }

  async run(enough: () => boolean): Promise<void> {
    while (!enough()) {
      await this.tryAnything(this.random.integer(0, this.conversations.length - 1));
      await delay(ATTEMPT_INTERVAL);
    }
  }

  end(): void {
    this.socket.close();
  }

  private async tryAnything(conversation: number): Promise<void> {
    const path = `/chat/conversations/${this.conversations[conversation]?.id}`;
    const conversationId = this.conversations[conversation]?.id;
    switch (this.random.integer(0, 7)) {
      case 0:
        return this.request('GET', path);
      case 1:
        return this.request('GET', `${path}/messages`);
      case 2:
        return this.request('GET', `${path}/messages?after=0`);
      case 3:
        return this.request('GET', `${path}/changes?since=0`);
      case 4:
        return this.request('POST', `${path}/members`, { userId: this.account.id });
      case 5:
        return this.postNewMessage(conversation, path);
      case 6:
        return this.emitEvent('join_room', { conversationId });
      default:
        return this.sendMessage(conversation);
    }
  }

  private async postNewMessage(conversation: number, path: string): Promise<void> {
    const { content } = this.createSend(conversation);
    await this.request('POST', `${path}/messages`, { content });
  }

  private async sendMessage(conversation: number): Promise<void> {
    const { content } = this.createSend(conversation);
    await this.emitEvent('send_message', { conversationId: this.conversations[conversation]?.id, content });
  }

  /** Creates a message and records it, so that it is recognised if it is stored or delivered. */
  private createSend(conversation: number): OpenSend {
    this.tries += 1;
    const content = `${this.account.id} intrudes ${this.tries} ${this.random.next()}`;
    const send: OpenSend = {
      sender: this.client,
      conversation,
      clientMessageId: null,
      content,
      attempts: [],
    };
    this.recorder.sends.push(send);
    return send;
  }

  private async request(method: string, path: string, body?: object): Promise<void> {
    const token = await this.account.token();
    const answer = await this.account.api.request(method, path, { token, ...(body && { body }) });
    if (!answer) return;
    this.checkAnswer(`${method} ${path}`, answer.status, answer.body);
    await delay(answer.retryAfter);
  }

  private async emitEvent(event: string, payload: object): Promise<void> {
    const answer = await this.socket.emitWithAck(event, payload);
    if (answer.kind === 'ok') this.checkAnswer(event, 200, answer.data);
    if (answer.kind !== 'error') return;
    this.checkAnswer(event, answer.error.statusCode, answer.error);
    await delay(answer.error.retryAfterMs ?? 0);
  }

  private checkAnswer(what: string, status: number, body: unknown): void {
    if (status === 429 || status === 503) return;
    if (status === 403 && (body as WireError).code === 'NOT_CONVERSATION_MEMBER') {
      this.account.api.counts.strangersRefused += 1;
      return;
    }
    this.recorder.leaks.push(
      `${this.account.name}, a stranger, was answered ${what}: ${status} ${JSON.stringify(body).slice(0, 300)}`,
    );
  }

  private onEvent(event: string, payload: unknown): void {
    if (OWN_EVENTS.has(event)) return;
    const seq = event === 'new_message' ? ` of seq ${(payload as WireMessage).seq}` : '';
    this.recorder.leaks.push(`${this.account.name}, a stranger, received ${event}${seq}`);
  }
}
