import { randomBytes } from 'node:crypto';
import type { Answer, Api } from './api.ts';
import type { WireTokens } from './wire.ts';

/** An access token is renewed after this part of its life. */
const RENEWAL = 0.7;

/** Somebody who signed up for this run, always with a token that is still good. */
export class Account {
  readonly id: string;
  readonly name: string;
  readonly api: Api;
  private readonly credentials: { readonly email: string; readonly password: string };
  private tokens: WireTokens;
  private renewal: Promise<void> | undefined;
  private renewAt: number;

  private constructor(api: Api, name: string, credentials: Account['credentials'], tokens: WireTokens) {
    this.api = api;
    this.name = name;
    this.credentials = credentials;
    this.tokens = tokens;
    this.renewAt = Date.now() + tokens.expiresIn * 1000 * RENEWAL;
    this.id = tokens.user.id;
  }

  static async signUp(api: Api, name: string): Promise<Account> {
    const random = randomBytes(12).toString('hex');
    const credentials = { email: `verify-${random}@example.com`, password: `verify ${random}` };
    const answer = await api.settle('POST', '/auth/signup', { body: { ...credentials, displayName: name } });
    // 409: an earlier request was taken, and its answer lost.
    const tokens = answer.status === 409 ? await logIn(api, credentials) : answer.body;
    if (answer.status !== 201 && answer.status !== 409)
      throw new Error(`no account: ${JSON.stringify(answer.body)}`);
    return new Account(api, name, credentials, tokens as WireTokens);
  }

  /** The same user with a session of its own. */
  async again(): Promise<Account> {
    return new Account(this.api, this.name, this.credentials, await logIn(this.api, this.credentials));
  }

  async token(): Promise<string> {
    if (Date.now() > this.renewAt)
      await (this.renewal ??= this.renew().finally(() => (this.renewal = undefined)));
    return this.tokens.accessToken;
  }

  /**
   * A request in this account's name that is repeated until it is answered.
   * @param key makes it one and the same request, however often it is repeated
   */
  async settle(method: string, path: string, body?: object, key?: string): Promise<Answer> {
    const token = await this.token();
    return this.api.settle(method, path, { token, ...(body && { body }), ...(key !== undefined && { key }) });
  }

  private async renew(): Promise<void> {
    const { refreshToken } = this.tokens;
    // A refresh whose answer was lost may not be repeated for ever; a login may.
    const refreshed = await this.api.once('POST', '/auth/refresh', { body: { refreshToken } });
    this.tokens =
      refreshed?.status === 200 ? (refreshed.body as WireTokens) : await logIn(this.api, this.credentials);
    this.renewAt = Date.now() + this.tokens.expiresIn * 1000 * RENEWAL;
  }
}

async function logIn(api: Api, credentials: object): Promise<WireTokens> {
  const answer = await api.settle('POST', '/auth/login', { body: credentials });
  if (answer.status !== 200) throw new Error(`no login: ${JSON.stringify(answer.body)}`);
  return answer.body as WireTokens;
}
