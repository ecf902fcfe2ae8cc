import { randomBytes } from 'node:crypto';
import type { Answer, Api } from './api.ts';
import type { WireTokens } from './wire.ts';

/** An access token is renewed after this share of its lifetime. */
const RENEWAL = 0.7;

/** A user who signed up for this run. Renews the access token before it expires. */
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
    const answer = await api.requestUntilAnswered('POST', '/auth/signup', {
      body: { ...credentials, displayName: name },
    });
    // 409: an earlier request has succeeded, and its answer was lost.
    const tokens = answer.status === 409 ? await logIn(api, credentials) : answer.body;
    if (answer.status !== 201 && answer.status !== 409)
      throw new Error(`no account: ${JSON.stringify(answer.body)}`);
    return new Account(api, name, credentials, tokens as WireTokens);
  }

  /** Logs in again. @returns the same user with another session */
  async logInAgain(): Promise<Account> {
    return new Account(this.api, this.name, this.credentials, await logIn(this.api, this.credentials));
  }

  async token(): Promise<string> {
    if (Date.now() > this.renewAt)
      await (this.renewal ??= this.renew().finally(() => (this.renewal = undefined)));
    return this.tokens.accessToken;
  }

  /**
   * Sends a request with this account's token, and repeats it until it is answered with neither 429 nor 503.
   * @param key value of an `Idempotency-Key`, so that repeating the request has no further effect
   */
  async requestUntilAnswered(method: string, path: string, body?: object, key?: string): Promise<Answer> {
    const token = await this.token();
    return this.api.requestUntilAnswered(method, path, {
      token,
      ...(body && { body }),
      ...(key !== undefined && { key }),
    });
  }

  private async renew(): Promise<void> {
    const { refreshToken } = this.tokens;
    // When its answer was lost, the same refresh token gets the same new one.
    const refreshed = await this.api.requestUntilAnswered('POST', '/auth/refresh', {
      body: { refreshToken },
    });
    this.tokens =
      refreshed.status === 200 ? (refreshed.body as WireTokens) : await logIn(this.api, this.credentials);
    this.renewAt = Date.now() + this.tokens.expiresIn * 1000 * RENEWAL;
  }
}

async function logIn(api: Api, credentials: object): Promise<WireTokens> {
  const answer = await api.requestUntilAnswered('POST', '/auth/login', { body: credentials });
  if (answer.status !== 200) throw new Error(`no login: ${JSON.stringify(answer.body)}`);
  return answer.body as WireTokens;
}
