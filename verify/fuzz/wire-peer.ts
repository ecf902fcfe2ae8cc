import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Default milliseconds to wait for an answer. */
const ANSWER_LIMIT = 2_000;
/** Maximum received characters that are kept. */
const MAX_KEPT = 65_536;

/** A raw TCP connection, which need not follow any protocol. */
export class WirePeer {
  received = '';
  private readonly socket: Socket;
  private readonly ended = Promise.withResolvers<void>();
  private watcher: (() => void) | undefined;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    this.socket.setEncoding('latin1');
    this.socket.on('error', () => undefined);
    this.socket.once('close', () => this.ended.resolve());
    this.socket.once('end', () => this.ended.resolve());
    this.socket.on('data', (text: string) => {
      if (this.received.length < MAX_KEPT) this.received += text;
      this.watcher?.();
    });
  }

  send(data: string | Uint8Array): void {
    if (this.socket.writable) this.socket.write(data);
  }

  /**
   * Resolves when the received text matches, the server has ended the connection, or the time is over.
   * @param limit milliseconds
   * @returns whether the text matches
   */
  async waitFor(pattern: RegExp, limit = ANSWER_LIMIT): Promise<boolean> {
    const found = new Promise<void>((resolve) => {
      this.watcher = () => {
        if (pattern.test(this.received)) resolve();
      };
      this.watcher();
    });
    await Promise.race([found, this.ended.promise, delay(limit, undefined, { ref: false })]);
    return pattern.test(this.received);
  }

  /** Stops reading from the connection. */
  stopReading(): void {
    this.socket.pause();
  }

  /** Closes its own half of the connection only. */
  endOwnHalf(): void {
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }
}
