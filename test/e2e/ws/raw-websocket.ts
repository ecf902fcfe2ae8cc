/** A WebSocket without the Socket.IO client: it shows all that the server writes, and only the server closes it. */
export class RawWebSocket {
  readonly frames: unknown[] = [];
  private readonly watchers = new Set<() => void>();
  private readonly closing = Promise.withResolvers<number>();

  private constructor(private readonly socket: WebSocket) {
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }) => {
      this.frames.push(data);
      for (const watcher of this.watchers) watcher();
    });
    socket.addEventListener('close', ({ code }) => this.closing.resolve(code));
  }

  /** Opens an engine.io connection; resolves when the server's open packet `0{…}` has arrived. */
  static async open(url: string): Promise<RawWebSocket> {
    const raw = new RawWebSocket(
      new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`),
    );
    await raw.frame(/^0\{/);
    return raw;
  }

  /** Like `open`, and connected to `/chat`: the server has emitted `ready`. */
  static async join(url: string, token: string): Promise<RawWebSocket> {
    const raw = await RawWebSocket.open(url);
    raw.send(`40/chat,${JSON.stringify({ token })}`);
    await raw.frame(/^42\/chat,\["ready"/);
    return raw;
  }

  send(frame: string | Uint8Array<ArrayBuffer>): void {
    this.socket.send(frame);
  }

  /** Waits for the first text frame that matches. */
  async frame(form: RegExp): Promise<string> {
    const found = () => this.frames.find((frame) => typeof frame === 'string' && form.test(frame));
    if (found() === undefined) {
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          if (found() === undefined) return;
          this.watchers.delete(watcher);
          resolve();
        };
        this.watchers.add(watcher);
      });
    }
    return String(found());
  }

  /** Resolves with the close code when the connection is closed. */
  get closed(): Promise<number> {
    return this.closing.promise;
  }

  close(): void {
    this.socket.close();
  }
}
