import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { decodeJwt } from 'jose';
import { pino } from 'pino';
import { listen } from '../../../src/arch/common/interface/http/server/listen.js';
import { createApp } from '../../../src/arch/create-app.js';
import type { ApiAnswer } from '../../support/api.js';
import type { TestServer } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { request } from '../http/support.js';

export const PASSWORD = 'correct horse battery';

/** A session, in the form in which signup, login and refresh answer it. */
export interface Login {
  readonly id: string;
  readonly email: string;
  readonly sid: string;
  readonly token: string;
  readonly refreshToken: string;
}

export const toLogin = ({ body }: ApiAnswer): Login => ({
  id: body.user.id,
  email: body.user.email,
  sid: String(decodeJwt(body.accessToken)['sid']),
  token: body.accessToken,
  refreshToken: body.refreshToken,
});

let accounts = 0;

/** Creates an account, which is logged in. */
export async function signUp({ url }: { url: string }): Promise<Login> {
  accounts += 1;
  const email = `auth-${accounts}@test.example`;
  return toLogin(await post({ url }, '/auth/signup', { email, password: PASSWORD, displayName: 'Ada' }));
}

/** Opens another session of an account, from a device with this name. */
export async function logIn({ url }: { url: string }, email: string, userAgent = 'Test/1.0'): Promise<Login> {
  return toLogin(
    await post({ url }, '/auth/login', { email, password: PASSWORD }, { 'user-agent': userAgent }),
  );
}

export function post(
  { url }: { url: string },
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  return request(url, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

export const refresh = (server: { url: string }, refreshToken: unknown): Promise<ApiAnswer> =>
  post(server, '/auth/refresh', { refreshToken });

/** Resolves with the reason when the stock client is disconnected; to be called before. */
export function disconnection({ client }: TestSocket): Promise<string> {
  return new Promise((resolve) => void client.once('disconnect', resolve));
}

export interface Node {
  readonly app: NestFastifyApplication;
  readonly url: string;
}

/** Starts another server with the same settings on the same database. */
export async function startNode({ config, database }: TestServer): Promise<Node> {
  const app = await createApp(config, database.connection, pino({ level: 'silent' }));
  return { app, url: `http://127.0.0.1:${await listen(app, 0)}` };
}
