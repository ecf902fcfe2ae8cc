import type { ApiAnswer } from '../../support/api.js';
import type { TestServer } from '../../support/test-server.js';
import { ask } from './callers.js';

export function logIn(
  server: TestServer,
  email: string,
  from: string,
  password = 'wrong',
): Promise<ApiAnswer> {
  const body = JSON.stringify({ email, password });
  return ask(server, '/auth/login', { method: 'POST', from, body });
}

/** The codes of the answers; a single one when all are as expected. */
export async function failTenTimes(
  servers: readonly TestServer[],
  email: string,
  from: string,
): Promise<string[]> {
  const codes = new Set<string>();
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const server = servers[attempt % servers.length];
    if (server) codes.add((await logIn(server, email, from)).body.code);
  }
  return [...codes];
}
