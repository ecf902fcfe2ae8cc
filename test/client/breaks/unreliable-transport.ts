import { CauserieError, type SocketListener, type Transport, webTransport } from '@causerie/client';

/** The way to the server, which can lose, hold back and swap what it carries: what a relay of bytes cannot choose. */
export class UnreliableTransport implements Transport {
  private readonly web = webTransport();
  private lost = 0;
  private held: (() => void) | undefined;
  private isSwapping = false;
  private losesAnswerTo: string | undefined;
  private delayed: { readonly path: string; readonly until: Promise<void> } | undefined;

  /** Loses the next events with a `rev`; acknowledgements come. */
  loseEvents(count: number): void {
    this.lost = count;
  }

  /** Delivers each second event with a `rev` before the one before it, as two nodes may. */
  swapEvents(isSwapping: boolean): void {
    this.isSwapping = isSwapping;
    if (!isSwapping) this.deliverHeld();
  }

  /** Loses the answer to the next request to this path: the server has executed it. */
  loseAnswer(path: string): void {
    this.losesAnswerTo = path;
  }

  /** Holds the next answer of this path back. */
  delayAnswer(path: string, until: Promise<void>): void {
    this.delayed = { path, until };
  }

  readonly request: Transport['request'] = async (request) => {
    const answer = await this.web.request(request);
    if (this.losesAnswerTo !== undefined && request.url.includes(this.losesAnswerTo)) {
      this.losesAnswerTo = undefined;
      throw new CauserieError('NETWORK', 'The answer is lost.');
    }
    if (this.delayed !== undefined && request.url.includes(this.delayed.path)) {
      const { until } = this.delayed;
      this.delayed = undefined;
      await until;
    }
    return answer;
  };

  readonly openSocket: Transport['openSocket'] = (url, token, listener) =>
    this.web.openSocket(url, token, {
      onClose: (...told) => listener.onClose(...told),
      onEvent: (name, payload) => this.deliver(listener, name, payload),
    });

  readonly close = (): void => this.web.close?.();

  private deliver(listener: SocketListener, name: string, payload: unknown): void {
    const hasRev = typeof (payload as { rev?: unknown } | null)?.rev === 'number';
    if (hasRev && this.lost > 0) {
      this.lost -= 1;
      return;
    }
    const pass = (): void => listener.onEvent(name, payload);
    if (hasRev && this.isSwapping && !this.held) {
      this.held = pass;
      return;
    }
    pass();
    this.deliverHeld();
  }

  private deliverHeld(): void {
    const { held } = this;
    this.held = undefined;
    held?.();
  }
}
