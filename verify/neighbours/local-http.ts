import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface LocalAnswer {
  readonly status: number;
  readonly body: string;
  /** Milliseconds of the `Retry-After` header, if there is one. */
  readonly retryAfter?: number;
}

/** An HTTP client with its own loopback address: the server sees clients of different addresses. */
export class LocalHttp {
  readonly agent: Agent;
  private readonly url: string;

  constructor(url: string, localAddress: string, maxSockets: number) {
    this.url = url;
    this.agent = new Agent({ keepAlive: true, localAddress, maxSockets });
  }

  /** Sends a request. @returns the complete answer; status 0 without one */
  async call(
    method: string,
    path: string,
    options: { token?: string; body?: object } = {},
  ): Promise<LocalAnswer> {
    const { token, body } = options;
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    };
    const { promise, resolve } = Promise.withResolvers<LocalAnswer>();
    const nothing = (): void => resolve({ status: 0, body: '' });
    const sent = request(this.url + path, { method, headers, agent: this.agent });
    sent.once('error', nothing);
    sent.once('response', (response) => {
      const status = response.statusCode ?? 0;
      const seconds = Number(response.headers['retry-after'] ?? NaN);
      const retryAfter = Number.isNaN(seconds) ? {} : { retryAfter: seconds * 1_000 };
      text(response).then((answer) => resolve({ status, body: answer, ...retryAfter }), nothing);
    });
    sent.end(body && JSON.stringify(body));
    return promise;
  }

  /** Sends a request. @returns the answer's JSON @throws Error for any other status */
  async requestJson(
    status: number,
    ...call: Parameters<LocalHttp['call']>
  ): Promise<Record<string, unknown>> {
    const answer = await this.call(...call);
    if (answer.status !== status) throw new Error(`${call[0]} ${call[1]}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as Record<string, unknown>;
  }

  close(): void {
    this.agent.destroy();
  }
}
