import { connect, type Socket } from 'node:net';
import { upgradeRequest } from './upgrade-request.js';

const FINAL_TEXT = 0x81;
const MASKED = 0x80;

/** A WebSocket on a bare TCP connection that sends only the frames of a test, and never answers a ping or a close. */
export class SilentPeer {
  private received = '';
  private readonly watchers = new Set<() => void>();
  /** Resolves when the server has ended the TCP connection. */
  readonly ended: Promise<void>;

  private constructor(private readonly tcp: Socket) {
    tcp.on('error', () => undefined);
    tcp.on('data', (data) => {
      this.received += data.toString('latin1');
      for (const watcher of this.watchers) watcher();
    });
    this.ended = new Promise((resolve) => {
      tcp.once('end', resolve);
      tcp.once('close', () => resolve());
    });
  }

  /**
   * Resolves when the open packet of the server has arrived.
   * @param address the client's address as a proxy has seen it
   */
  static async open(url: string, address = ''): Promise<SilentPeer> {
    const peer = new SilentPeer(
      connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true }),
    );
    peer.tcp.write(upgradeRequest('', { 'x-forwarded-for': address }));
    await peer.waitForText('"sid"');
    return peer;
  }

  /** Sends text frames in one write. */
  send(...texts: string[]): void {
    this.tcp.write(Buffer.concat(texts.map(maskedFrame)));
  }

  /** Resolves when the server has sent this text `times` times. */
  async waitForText(text: string, times = 1): Promise<void> {
    if (this.count(text) >= times) return;
    await new Promise<void>((resolve) => {
      const watcher = (): void => {
        if (this.count(text) < times) return;
        this.watchers.delete(watcher);
        resolve();
      };
      this.watchers.add(watcher);
    });
  }

  /** How often the server has sent this text. */
  count(text: string): number {
    return this.received.split(text).length - 1;
  }

  destroy(): void {
    this.tcp.destroy();
  }
}

/** The frame is masked with zeros, which change nothing. */
function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = [FINAL_TEXT, MASKED | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0];
  return Buffer.concat([Buffer.from(head), payload]);
}
