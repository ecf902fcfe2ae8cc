import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * A keep-alive connection for one request at a time. Node's own client needs more CPU per request than a bare server;
 * this one parses only the status and `Content-Length`, which both servers always send.
 */
export class HttpConnection {
  private received: Buffer = Buffer.alloc(0);
  private pending: PromiseWithResolvers<HttpAnswer> | undefined;
  private closing = false;

  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
  ) {
    socket.on('data', (chunk: Buffer) => this.receiveChunk(chunk));
    socket.on('error', (error) => this.pending?.reject(error));
    socket.on('close', () => {
      if (!this.closing) this.pending?.reject(new Error('A connection was closed.'));
    });
  }

  static async open(url: string): Promise<HttpConnection> {
    const { hostname, port, host } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new HttpConnection(socket, host);
  }

  get(path: string, token: string): Promise<HttpAnswer> {
    return this.sendRequest(`GET ${path} HTTP/1.1\r\n${this.headersOf(token)}\r\n`);
  }

  put(path: string, token: string): Promise<HttpAnswer> {
    return this.sendRequest(`PUT ${path} HTTP/1.1\r\n${this.headersOf(token)}content-length: 0\r\n\r\n`);
  }

  /** @param body JSON in ASCII, so that its length in characters is its length in bytes */
  post(path: string, token: string, body: string): Promise<HttpAnswer> {
    return this.sendBody('POST', path, token, body);
  }

  /** @param body as for `post` */
  patch(path: string, token: string, body: string): Promise<HttpAnswer> {
    return this.sendBody('PATCH', path, token, body);
  }

  close(): void {
    this.closing = true;
    this.socket.destroy();
  }

  private headersOf(token: string): string {
    return `host: ${this.host}\r\nauthorization: Bearer ${token}\r\n`;
  }

  private sendBody(method: string, path: string, token: string, body: string): Promise<HttpAnswer> {
    const content = `content-type: application/json\r\ncontent-length: ${body.length}\r\n`;
    return this.sendRequest(`${method} ${path} HTTP/1.1\r\n${this.headersOf(token)}${content}\r\n${body}`);
  }

  private sendRequest(text: string): Promise<HttpAnswer> {
    this.pending = Promise.withResolvers();
    this.socket.write(text);
    return this.pending.promise;
  }

  private receiveChunk(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const end = this.received.indexOf(END_OF_HEAD);
    if (end === -1) return;
    const head = this.received.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) return this.pending?.reject(new Error(`An answer of unknown length: ${head}`));
    const from = end + END_OF_HEAD.length;
    if (this.received.length < from + Number(length)) return;
    const body = this.received.toString('utf8', from, from + Number(length));
    this.received = this.received.subarray(from + Number(length));
    this.pending?.resolve({ status: Number(head.slice(9, 12)), body });
  }
}
