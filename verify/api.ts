import { setTimeout as delay } from 'node:timers/promises';
import type { Counts } from './counts.ts';

/** Milliseconds until a request times out. */
const ANSWER_LIMIT = 30_000;
/** Milliseconds of retries after which a server counts as unavailable. */
const RETRY_LIMIT = 90_000;
/** Minimum milliseconds between two tries. */
const RETRY_DELAY = 100;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Milliseconds of the `Retry-After` header of a 429 or 503; 0 without one. */
  readonly retryAfter: number;
}

interface Request {
  readonly token?: string;
  readonly body?: object;
  /** Value of the `Idempotency-Key` header. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** An HTTP client of one node that can repeat requests. */
export class Api {
  readonly url: string;
  /** URL of the node to which the users of this client connect their sockets. */
  readonly socketUrl: string;
  readonly counts: Counts;

  constructor(url: string, counts: Counts, socketUrl = url) {
    this.url = url;
    this.socketUrl = socketUrl;
    this.counts = counts;
  }

  /**
   * Sends a request once.
   * @returns undefined when no complete answer was received; the server may have processed the request or not
   */
  async request(
    method: string,
    path: string,
    { token, body, key, signal }: Request = {},
  ): Promise<Answer | undefined> {
    const limit = AbortSignal.timeout(ANSWER_LIMIT);
    try {
      const response = await fetch(this.url + path, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      const text = await response.text();
      const answer = text === '' ? undefined : (JSON.parse(text) as unknown);
      const retryAfter = Number(response.headers.get('retry-after') ?? 0) * 1000;
      return { status: response.status, body: answer, retryAfter };
    } catch {
      return undefined;
    }
  }

  /**
   * Sends a request, and repeats it until the answer is neither 429 nor 503. For requests that may be processed twice.
   * @throws Error when the server does not answer for 90 seconds, or answers 503 for as long
   */
  async requestUntilAnswered(method: string, path: string, request: Request = {}): Promise<Answer> {
    let deadline = Date.now() + RETRY_LIMIT;
    for (;;) {
      const answer = await this.request(method, path, request);
      if (answer && answer.status !== 429 && answer.status !== 503) return answer;
      if (answer?.status === 429) deadline = Date.now() + RETRY_LIMIT;
      if (Date.now() > deadline) throw new Error(`${this.url} does not answer ${method} ${path}`);
      if (answer) this.counts.retryLaterAnswers += 1;
      await delay(Math.max(answer?.retryAfter ?? 0, RETRY_DELAY));
    }
  }
}
