import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Answer } from './api.ts';
import type { Conversation } from './history.ts';
import type { LiveSocket, SocketAnswer } from './live-socket.ts';
import type { Random } from './random.ts';
import type { OpenAttempt, OpenSend, Recorder } from './recorder.ts';
import type { WireError, WireMessage } from './wire.ts';

/** Minimum milliseconds between two attempts of a message. */
const RETRY_DELAY = 50;
/** Milliseconds of retries without a 429 after which the check fails. */
const RETRY_LIMIT = 120_000;

/** Sends messages over both transports, and repeats them until they are acknowledged. */
export class Sender {
  private readonly client: number;
  private readonly account: Account;
  private readonly socket: LiveSocket;
  private readonly conversations: readonly Conversation[];
  private readonly recorder: Recorder;
  private readonly random: Random;
  /** Messages that were refused with another status than 429 and 503. */
  private readonly rejected = new Set<OpenSend>();

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

  /** Creates a message without sending it. One in fifty has no client message id, and therefore a single attempt. */
  createSend(conversation: number): OpenSend {
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

  /** Sends one attempt over the socket; it is emitted before this returns. @returns milliseconds to wait before a retry */
  sendOverSocket(send: OpenSend): Promise<number> {
    if (this.socket.connection === 0) return Promise.resolve(RETRY_DELAY);
    const attempt = this.addAttempt(send, this.socket.connection);
    const { id: conversationId } = this.conversationOf(send);
    const answer = this.socket.emitWithAck('send_message', { conversationId, ...bodyOf(send) });
    return answer.then((settled) => this.handleAck(send, attempt, settled));
  }

  /** Sends one attempt over HTTP; sometimes the client aborts the request. @returns milliseconds to wait before a retry */
  async sendOverHttp(send: OpenSend): Promise<number> {
    const token = await this.account.token();
    const attempt = this.addAttempt(send, 0);
    const path = `/chat/conversations/${this.conversationOf(send).id}/messages`;
    const hangUp = this.random.chance(0.03) ? AbortSignal.timeout(this.random.integer(1, 10)) : undefined;
    const request = { token, body: bodyOf(send), ...(hangUp && { signal: hangUp }) };
    return this.handleAnswer(send, attempt, await this.account.api.request('POST', path, request));
  }

  /**
   * Retries a message until it is acknowledged or rejected. A message without a client message id is retried only when it
   * was refused with 429.
   * @throws Error when it is not acknowledged for two minutes
   */
  async retryUntilSettled(send: OpenSend): Promise<void> {
    let deadline = Date.now() + RETRY_LIMIT;
    while (!this.isSettled(send)) {
      const pause = await this.retry(send);
      if (this.isSettled(send)) return;
      if (send.attempts.at(-1)?.outcome === 'refused') deadline = Date.now() + RETRY_LIMIT;
      if (Date.now() > deadline) throw new Error(`${send.content} is not acknowledged`);
      await delay(pause);
    }
  }

  /** Sends a message again: over the socket, over HTTP, or over both at the same time. */
  async retry(send: OpenSend): Promise<number> {
    const kind = this.random.integer(0, send.clientMessageId === null ? 1 : 3);
    if (kind === 0) return this.sendOverSocket(send);
    if (kind === 1) return this.sendOverHttp(send);
    const attempts = [this.sendOverHttp(send), this.sendOverSocket(send)];
    if (kind === 3) attempts.push(this.sendOverHttp(send), this.sendOverSocket(send));
    return Math.max(...(await Promise.all(attempts)));
  }

  private isSettled(send: OpenSend): boolean {
    const mayRetry =
      send.clientMessageId !== null || send.attempts.every(({ outcome }) => outcome === 'refused');
    return isAcknowledged(send) || this.rejected.has(send) || !mayRetry;
  }

  private addAttempt(send: OpenSend, connection: number): OpenAttempt {
    this.account.api.counts.attempts += 1;
    return this.recorder.addAttempt(send, connection);
  }

  private handleAck(send: OpenSend, attempt: OpenAttempt, answer: SocketAnswer): number {
    if (answer.kind === 'ok') {
      const { message, duplicate } = answer.data as { message: WireMessage; duplicate: boolean };
      return this.recordAck(send, attempt, message, duplicate);
    }
    if (answer.kind === 'error')
      return this.recordRefusal(send, attempt, answer.error, answer.error.retryAfterMs ?? 0);
    if (answer.kind === 'timeout')
      this.recordUnexpected('send_message was not acknowledged on an open connection');
    this.account.api.counts.answersLost += 1;
    return RETRY_DELAY;
  }

  private handleAnswer(send: OpenSend, attempt: OpenAttempt, answer: Answer | undefined): number {
    if (!answer) {
      this.account.api.counts.answersLost += 1;
      return RETRY_DELAY;
    }
    const { status, body, retryAfter } = answer;
    if (status === 200 || status === 201)
      return this.recordAck(send, attempt, body as WireMessage, status === 200);
    return this.recordRefusal(send, attempt, body as WireError, retryAfter);
  }

  private recordAck(send: OpenSend, attempt: OpenAttempt, message: WireMessage, duplicate: boolean): number {
    const { counts } = this.account.api;
    if (!isAcknowledged(send)) counts.acknowledged += 1;
    if (duplicate) counts.duplicatesAnswered += 1;
    this.recorder.recordAck(attempt, duplicate ? 'duplicate' : 'stored', message);
    return 0;
  }

  /**
   * A message answered with 429 is not stored. One answered with 503 may be stored, and is retried. A member's message
   * must not be answered with another status.
   */
  private recordRefusal(send: OpenSend, attempt: OpenAttempt, error: WireError, retryAfter: number): number {
    if (error.statusCode === 429 || error.statusCode === 503) {
      this.account.api.counts.retryLaterAnswers += 1;
      if (error.statusCode === 429) attempt.outcome = 'refused';
      return Math.max(retryAfter, RETRY_DELAY);
    }
    attempt.outcome = 'refused';
    this.rejected.add(send);
    this.recordUnexpected(`send_message: ${error.statusCode} ${error.code} ${error.message}`);
    return RETRY_DELAY;
  }

  private conversationOf({ conversation }: OpenSend): Conversation {
    const found = this.conversations[conversation];
    if (!found) throw new RangeError(`no conversation ${conversation}`);
    return found;
  }

  private recordUnexpected(text: string): void {
    this.recorder.unexpectedAnswers.push(`${this.account.name}: ${text}`);
  }
}

function bodyOf({ content, clientMessageId }: OpenSend): { content: string; clientMessageId?: string } {
  return clientMessageId === null ? { content } : { content, clientMessageId };
}

function isAcknowledged({ attempts }: OpenSend): boolean {
  return attempts.some(({ message }) => message !== -1);
}
