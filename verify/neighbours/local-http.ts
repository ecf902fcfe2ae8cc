import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface LocalAnswer {
  readonly status: number;
  readonly body: string;
  /** Milliseconds to wait before the next try, where the server says so. */
  readonly again?: number;
}

/** HTTP from one of the machine's loopback addresses, which the server takes for clients of different networks. */
export class LocalHttp {
  readonly agent: Agent;
  private readonly url: string;

  constructor(url: string, localAddress: string, maxSockets: number) {
    this.url = url;
    this.agent = new Agent({ keepAlive: true, localAddress, maxSockets });
  }

  /** The whole answer; status 0 when none came. */
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
      const again = Number.isNaN(seconds) ? {} : { again: seconds * 1_000 };
      text(response).then((answer) => resolve({ status, body: answer, ...again }), nothing);
    });
    sent.end(body && JSON.stringify(body));
    return promise;
  }

  /** What JSON an answer with that status has. @throws Error for every other status */
  async expect(status: number, ...call: Parameters<LocalHttp['call']>): Promise<Record<string, unknown>> {
    const answer = await this.call(...call);
    if (answer.status !== status) throw new Error(`${call[0]} ${call[1]}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as Record<string, unknown>;
  }

  close(): void {
    this.agent.destroy();
  }
}
