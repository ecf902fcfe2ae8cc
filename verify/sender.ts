import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Answer } from './api.ts';
import type { Conversation } from './history.ts';
import type { LiveSocket, SocketAnswer } from './live-socket.ts';
import type { Random } from './random.ts';
import type { OpenAttempt, OpenSend, Recorder } from './recorder.ts';
import type { WireError, WireMessage } from './wire.ts';

/** Milliseconds before a message is tried again, and after which it is given up. */
const PAUSE = 50;
const PATIENCE = 120_000;

/** Sends messages over both transports, and again until they are acknowledged. */
export class Sender {
  private readonly client: number;
  private readonly account: Account;
  private readonly socket: LiveSocket;
  private readonly conversations: readonly Conversation[];
  private readonly recorder: Recorder;
  private readonly random: Random;
  /** Refused for good. */
  private readonly givenUp = new Set<OpenSend>();

  constructor(
    client: number,
    account: Account,
    socket: LiveSocket,
    conversations: readonly Conversation[],
    recorder: Recorder,
    random: Random,
  ) {
    this.client = client;
    this.account = account;
    this.socket = socket;
    this.conversations = conversations;
    this.recorder = recorder;
    this.random = random;
  }

  /** A new message, not sent yet. One in fifty has no id of the client's, and therefore a single attempt. */
  draft(conversation: number): OpenSend {
    const id = randomUUID();
    const send: OpenSend = {
      sender: this.client,
      conversation,
      clientMessageId: this.random.chance(0.02) ? null : id,
      content: `${id}${' …'.repeat(this.random.integer(0, 20))}`,
      attempts: [],
    };
    this.recorder.sends.push(send);
    this.account.api.counts.sends += 1;
    return send;
  }

  /** One attempt over the socket, emitted before this returns. */
  overSocket(send: OpenSend): Promise<number> {
    if (this.socket.connection === 0) return Promise.resolve(PAUSE);
    const attempt = this.begin(send, this.socket.connection);
    const { id: conversationId } = this.conversationOf(send);
    const answer = this.socket.ask('send_message', { conversationId, ...bodyOf(send) });
    return answer.then((settled) => this.takeAck(send, attempt, settled));
  }

  /** One attempt over HTTP; now and then the client hangs up before the answer. */
  async overHttp(send: OpenSend): Promise<number> {
    const token = await this.account.token();
    const attempt = this.begin(send, 0);
    const path = `/chat/conversations/${this.conversationOf(send).id}/messages`;
    const hangUp = this.random.chance(0.03) ? AbortSignal.timeout(this.random.integer(1, 10)) : undefined;
    const request = { token, body: bodyOf(send), ...(hangUp && { signal: hangUp }) };
    return this.takeAnswer(send, attempt, await this.account.api.once('POST', path, request));
  }

  /** Tries again until it is acknowledged or refused for good; what has no id is not tried again. */
  async settle(send: OpenSend): Promise<void> {
    let patience = Date.now() + PATIENCE;
    while (!this.isSettled(send)) {
      const pause = await this.retry(send);
      if (this.isSettled(send)) return;
      if (send.attempts.at(-1)?.outcome === 'refused') patience = Date.now() + PATIENCE;
      if (Date.now() > patience) throw new Error(`${send.content} is never acknowledged`);
      await delay(pause);
    }
  }

  /** One more attempt: over the socket, over HTTP, or both at the same instant. */
  async retry(send: OpenSend): Promise<number> {
    const kind = this.random.integer(0, send.clientMessageId === null ? 1 : 3);
    if (kind === 0) return this.overSocket(send);
    if (kind === 1) return this.overHttp(send);
    const attempts = [this.overHttp(send), this.overSocket(send)];
    if (kind === 3) attempts.push(this.overHttp(send), this.overSocket(send));
    return Math.max(...(await Promise.all(attempts)));
  }

  private isSettled(send: OpenSend): boolean {
    const mayRetry =
      send.clientMessageId !== null || send.attempts.every(({ outcome }) => outcome === 'refused');
    return isAcknowledged(send) || this.givenUp.has(send) || !mayRetry;
  }

  private begin(send: OpenSend, connection: number): OpenAttempt {
    this.account.api.counts.attempts += 1;
    return this.recorder.begin(send, connection);
  }

  private takeAck(send: OpenSend, attempt: OpenAttempt, answer: SocketAnswer): number {
    if (answer.kind === 'ok') {
      const { message, duplicate } = answer.data as { message: WireMessage; duplicate: boolean };
      return this.acknowledged(send, attempt, message, duplicate);
    }
    if (answer.kind === 'error')
      return this.refused(send, attempt, answer.error, answer.error.retryAfterMs ?? 0);
    if (answer.kind === 'silent') this.odd('send_message was not acknowledged on a living connection');
    this.account.api.counts.answersLost += 1;
    return PAUSE;
  }

  private takeAnswer(send: OpenSend, attempt: OpenAttempt, answer: Answer | undefined): number {
    if (!answer) {
      this.account.api.counts.answersLost += 1;
      return PAUSE;
    }
    const { status, body, retryAfter } = answer;
    if (status === 200 || status === 201)
      return this.acknowledged(send, attempt, body as WireMessage, status === 200);
    return this.refused(send, attempt, body as WireError, retryAfter);
  }

  private acknowledged(
    send: OpenSend,
    attempt: OpenAttempt,
    message: WireMessage,
    duplicate: boolean,
  ): number {
    const { counts } = this.account.api;
    if (!isAcknowledged(send)) counts.acknowledged += 1;
    if (duplicate) counts.duplicatesAnswered += 1;
    this.recorder.acknowledge(attempt, duplicate ? 'duplicate' : 'stored', message);
    return 0;
  }

  /** 429: not stored. 503: maybe stored, a retry settles it. Anything else no member's message may be told. */
  private refused(send: OpenSend, attempt: OpenAttempt, error: WireError, retryAfter: number): number {
    if (error.statusCode === 429 || error.statusCode === 503) {
      this.account.api.counts.toldToWait += 1;
      if (error.statusCode === 429) attempt.outcome = 'refused';
      return Math.max(retryAfter, PAUSE);
    }
    attempt.outcome = 'refused';
    this.givenUp.add(send);
    this.odd(`send_message: ${error.statusCode} ${error.code} ${error.message}`);
    return PAUSE;
  }

  private conversationOf({ conversation }: OpenSend): Conversation {
    const found = this.conversations[conversation];
    if (!found) throw new RangeError(`no conversation ${conversation}`);
    return found;
  }

  private odd(text: string): void {
    this.recorder.oddities.push(`${this.account.name}: ${text}`);
  }
}

function bodyOf({ content, clientMessageId }: OpenSend): { content: string; clientMessageId?: string } {
  return clientMessageId === null ? { content } : { content, clientMessageId };
}

function isAcknowledged({ attempts }: OpenSend): boolean {
  return attempts.some(({ message }) => message !== -1);
}
