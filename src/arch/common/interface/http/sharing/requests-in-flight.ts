import { guardListener } from '../../../application/guard-listener.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';

export interface InFlightLimits {
  /** Requests of one client in flight, and with them its statements in PostgreSQL. */
  readonly each: number;
  /** Requests of one client that may wait for their turn; more than its limit for a minute. */
  readonly waiting: number;
  /** Milliseconds for which they wait. */
  readonly patience: number;
}

export const IN_FLIGHT_LIMITS: InFlightLimits = { each: 8, waiting: 500, patience: 5_000 };

/** Milliseconds in the refusal's `Retry-After`. */
const RETRY_AFTER = 1_000;

interface Client {
  working: number;
  /** Undefined for most clients. A list, for the same reason as in `OpenAnswers`. */
  waiting?: (() => void)[];
}

/** Limits the requests in flight of one client; further ones wait for their turn, in order. */
export class RequestsInFlight {
  private readonly clients = new Map<string, Client>();

  constructor(private readonly limits: InFlightLimits) {}

  /** Number of clients with requests in flight. */
  get size(): number {
    return this.clients.size;
  }

  /**
   * Resolves when it is the request's turn; `leaveRequest` must follow.
   * @throws RateLimitedError when too many wait, or it waits too long
   */
  async enterRequest(key: string): Promise<void> {
    const client = this.clients.get(key);
    if (!client) this.clients.set(key, { working: 1 });
    else if (client.working < this.limits.each) client.working += 1;
    else await this.waitForTurn((client.waiting ??= []));
  }

  /** Ends a request: its slot goes to the one that has waited longest. */
  leaveRequest(key: string): void {
    const client = this.clients.get(key);
    if (!client) return;
    const next = client.waiting?.shift();
    if (next) next();
    else {
      client.working -= 1;
      if (client.working === 0) this.clients.delete(key);
    }
  }

  private waitForTurn(waiting: (() => void)[]): Promise<void> {
    if (waiting.length >= this.limits.waiting) throw new RateLimitedError(RETRY_AFTER);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(
      guardListener(() => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(new RateLimitedError(RETRY_AFTER));
      }),
      this.limits.patience,
    );
    const go = (): void => {
      clearTimeout(timer);
      resolve();
    };
    waiting.push(go);
    return promise;
  }
}
