import { setTimeout as delay } from 'node:timers/promises';
import type { Counts } from './counts.ts';

/** Milliseconds until an answer is given up, and until a server that answers nobody is. */
const ANSWER_LIMIT = 30_000;
const PATIENCE = 90_000;
/** Milliseconds before asking again a server that did not answer. */
const PAUSE = 100;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Milliseconds that a 429 or 503 asks to wait. */
  readonly retryAfter: number;
}

interface Request {
  readonly token?: string;
  readonly body?: object;
  /** Of an `Idempotency-Key`. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** HTTP as a patient client speaks it. */
export class Api {
  readonly url: string;
  /** Of the node that has the sockets of whoever asks here. */
  readonly socketUrl: string;
  readonly counts: Counts;

  constructor(url: string, counts: Counts, socketUrl = url) {
    this.url = url;
    this.socketUrl = socketUrl;
    this.counts = counts;
  }

  /** One request; `undefined` when no whole answer came, which says nothing of what the server did. */
  async once(
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

  /** Asks until an answer comes that is no 429 or 503; for requests that may be made twice. */
  async settle(method: string, path: string, request: Request = {}): Promise<Answer> {
    let patience = Date.now() + PATIENCE;
    for (;;) {
      const answer = await this.once(method, path, request);
      if (answer && answer.status !== 429 && answer.status !== 503) return answer;
      if (answer?.status === 429) patience = Date.now() + PATIENCE;
      if (Date.now() > patience) throw new Error(`${this.url} does not answer ${method} ${path}`);
      if (answer) this.counts.toldToWait += 1;
      await delay(Math.max(answer?.retryAfter ?? 0, PAUSE));
    }
  }
}
