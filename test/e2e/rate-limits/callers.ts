import type { ApiAnswer } from '../../support/api.js';
import type { TestServer } from '../../support/test-server.js';

interface Question {
  readonly method?: string;
  /** The value of X-Forwarded-For, as the proxy of `TRUST_PROXY=1` would set it. */
  readonly from?: string;
  readonly token?: string;
  readonly body?: string;
  readonly contentType?: string;
}

/** Sends one request of a client. */
export async function ask(server: TestServer, path: string, question: Question = {}): Promise<ApiAnswer> {
  const { method = 'GET', from, token, body, contentType = 'application/json' } = question;
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(from === undefined ? {} : { 'x-forwarded-for': from }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': contentType }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** The statuses of so many requests to a cheap route, one after another. */
export async function statuses(
  server: TestServer,
  count: number,
  question: Question = {},
): Promise<number[]> {
  const all: number[] = [];
  for (let request = 0; request < count; request += 1) {
    all.push((await ask(server, '/posts', question)).status);
  }
  return all;
}

let accounts = 0;

/** The token of a new account. */
export async function signUpFrom(
  server: TestServer,
  from: string,
): Promise<{ email: string; token: string }> {
  accounts += 1;
  const email = `limited-${accounts}@test.example`;
  const body = JSON.stringify({ email, password: 'correct horse battery', displayName: 'Somebody' });
  const answer = await ask(server, '/auth/signup', { method: 'POST', from, body });
  return { email, token: answer.body.accessToken };
}

let addresses = 0;

/** An address that has not been used yet. */
export function newAddress(): string {
  addresses += 1;
  return `198.51.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
}
