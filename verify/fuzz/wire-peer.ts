import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds after which nobody waits any longer. */
const PATIENCE = 2_000;
/** Characters of what came that are kept to be looked at. */
const KEPT = 65_536;

/** A TCP connection that may behave as it likes. */
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
      if (this.received.length < KEPT) this.received += text;
      this.watcher?.();
    });
  }

  send(data: string | Uint8Array): void {
    if (this.socket.writable) this.socket.write(data);
  }

  /** Resolves when something of this form has come, the server has ended, or patience has; tells which. */
  async until(form: RegExp, limit = PATIENCE): Promise<boolean> {
    const found = new Promise<void>((resolve) => {
      this.watcher = () => {
        if (form.test(this.received)) resolve();
      };
      this.watcher();
    });
    await Promise.race([found, this.ended.promise, delay(limit, undefined, { ref: false })]);
    return form.test(this.received);
  }

  /** From now on it takes nothing. */
  stopReading(): void {
    this.socket.pause();
  }

  /** Ends its own half only. */
  half(): void {
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }
}
