import { Writable } from 'node:stream';

/** Fields of a request body that nobody may read in a log. */
const SECRET_FIELDS = new Set(['password', 'currentPassword', 'newPassword', 'refreshToken', 'content']);
/** Shorter texts may stand in a log by chance. */
const TELLING_LENGTH = 12;

/** The log of a test's server, all of it, and what must not be in it: what the test has sent in confidence. */
export class WatchedLog extends Writable {
  /** The logs of the servers that run, by their addresses, for the sockets that connect to them. */
  static readonly ofServer = new Map<string, WatchedLog>();

  private text = '';
  private readonly secrets = new Set<string>();

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  /** Notes the token and the secret fields of a request. */
  watch(token: string | undefined, body: unknown): void {
    const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
    const values = fields.filter(([name]) => SECRET_FIELDS.has(name)).map(([, value]) => value as unknown);
    for (const value of [token, ...values]) {
      if (typeof value === 'string' && value.length >= TELLING_LENGTH) this.secrets.add(value);
    }
  }

  /** The lines so far of one part of the server. */
  linesOf(context: string): Record<string, unknown>[] {
    const lines = this.text.split('\n').filter((line) => line !== '');
    return lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['context'] === context);
  }

  refuseLeaks(): void {
    const leaked = [...this.secrets].filter((secret) =>
      this.text.includes(JSON.stringify(secret).slice(1, -1)),
    );
    if (leaked.length > 0) throw new Error(`The log tells what was sent in confidence: ${leaked.join(', ')}`);
  }
}
