import { Writable } from 'node:stream';

/** Fields of a request body that must not appear in a log. */
const SECRET_FIELDS = new Set(['password', 'currentPassword', 'newPassword', 'refreshToken', 'content']);
/** Shorter texts may appear in a log by chance. */
const TELLING_LENGTH = 12;

/** The whole log of a test's server, and the texts that must not be in it: the secrets that the test has sent or received. */
export class WatchedLog extends Writable {
  /** The logs of the running servers, by their addresses, for the sockets that connect to them. */
  static readonly ofServer = new Map<string, WatchedLog>();

  private text = '';
  private readonly secrets = new Set<string>();

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  /** Records the token and the secret fields of a request. */
  watch(token: string | undefined, body: unknown): void {
    const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
    const values = fields.filter(([name]) => SECRET_FIELDS.has(name)).map(([, value]) => value as unknown);
    for (const value of [token, ...values]) {
      if (typeof value === 'string' && value.length >= TELLING_LENGTH) this.secrets.add(value);
    }
  }

  /** The lines of one part of the server so far. */
  linesOf(context: string): Record<string, unknown>[] {
    const lines = this.text.split('\n').filter((line) => line !== '');
    return lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['context'] === context);
  }

  override toString(): string {
    return this.text;
  }

  refuseLeaks(): void {
    const leaked = [...this.secrets].filter((secret) =>
      this.text.includes(JSON.stringify(secret).slice(1, -1)),
    );
    if (leaked.length > 0) throw new Error(`The log tells what was sent in confidence: ${leaked.join(', ')}`);
  }
}
