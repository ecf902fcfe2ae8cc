import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { form, startWithUploads } from '../../fakes/avatar-client.js';
import { pngOf } from '../../fakes/avatar-images.js';
import { type ApiAnswer, callApi } from '../../support/api.js';
import { NotInstallableError } from '../../support/debian-program.js';
import { DocumentedProxy, type ProxyName } from '../../support/documented-proxy.js';
import type { TestServer, TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusal } from './support.js';

let server: TestServer;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ server, stop } = await startWithUploads({ TRUST_PROXY: '1' }));
});
afterAll(() => stop());

/**
 * Sends a body of so many bytes without waiting for the answer; rejects when the connection breaks before it. `sent`
 * is whether the whole body was accepted: proxies may stop reading after their answer, as clients expect.
 */
async function post(url: string, size: number, headers: Record<string, string>) {
  const sending = request(`${url}/chat/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    agent: false,
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  const sent = new Promise<boolean>((resolve) => {
    sending.once('finish', () => resolve(true));
    sending.on('error', () => resolve(false));
  });
  sending.end(`"${'x'.repeat(size - 2)}"`);
  const [answer] = await answered;
  const received = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  const refused: ApiAnswer = {
    status: answer.statusCode ?? 0,
    headers: new Headers(received as [string, string][]),
    body: JSON.parse(await text(answer)),
  };
  return { refused, sent: await sent };
}

/**
 * Go's HTTP server closes a connection without reading the rest of a body, so that the reset may arrive before the
 * answer (`net/http`, `body.Close`): through Caddy a repeated request gets it.
 */
async function postThroughCaddy(...sent: Parameters<typeof post>): ReturnType<typeof post> {
  for (let attempt = 1; attempt < 5; attempt += 1) {
    const answer = await post(...sent).catch(() => null);
    if (answer) return answer;
  }
  return post(...sent);
}

const LARGE = 5_242_880;

describe.each(['nginx', 'haproxy', 'caddy', 'no proxy'] as const)('through %s, as documented,', (name) => {
  let proxy: DocumentedProxy | undefined;
  let url: string;
  let user: TestUser;

  beforeAll(async () => {
    const port = Number(new URL(server.url).port);
    if (name !== 'no proxy') proxy = await started(name, port);
    url = proxy?.url ?? server.url;
    user = await server.signUp();
  }, 60_000);
  afterAll(() => proxy?.stop());

  it.each([[['websocket']], [['polling']], [['polling', 'websocket']]])(
    'sockets receive events over %j',
    async (transports) => {
      const conversationId = await server.createConversation(user);
      const socket = await TestSocket.connect(url, user.token, { transports });
      expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
      const path = `/chat/conversations/${conversationId}/messages`;
      const { status } = await callApi(url, 'POST', path, { token: user.token, body: { content: 'hello' } });
      expect(status).toBe(201);
      expect(await socket.waitFor('new_message', 1)).toMatchObject([{ content: 'hello' }]);
      socket.close();
    },
  );

  it('an avatar of nearly 2 MiB is taken, and served', async () => {
    const content = pngOf(2_000_000);
    const { status, avatarUrl } = await upload(content);
    expect(status).toBe(200);
    const served = await fetch(url + avatarUrl);
    expect((await served.arrayBuffer()).byteLength).toBe(content.length);
  });

  it('a body that is too large gets the answer of the server itself', async () => {
    expect(await upload(pngOf(3_000_000))).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it.each([
    ['announced', { 'content-length': String(LARGE) }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
    ['announced, on a connection that ends', { 'content-length': String(LARGE), connection: 'close' }],
    ['in chunks, on a connection that ends', { 'transfer-encoding': 'chunked', connection: 'close' }],
  ])('a body of 5 MiB is answered whatever refuses it, %s', async (_, headers) => {
    const authorization = `Bearer ${user.token}`;
    const ask = name === 'caddy' ? postThroughCaddy : post;
    const large = await ask(url, LARGE, { ...headers, authorization });
    const foreign = await ask(url, LARGE, { ...headers, 'content-type': 'text/plain', authorization });
    expect(refusal(large.refused)).toBe('413 PAYLOAD_TOO_LARGE');
    expect(refusal(foreign.refused)).toBe('415 UNSUPPORTED_MEDIA_TYPE');
    expect(name !== 'no proxy' || (large.sent && foreign.sent)).toBe(true);
  });

  it('an offer of HTTP/2 in clear text is answered in HTTP/1.1', async () => {
    const settings = { upgrade: 'h2c', 'http2-settings': 'AAMAAABkAARAAAAAAAIAAAAA' };
    const headers = { ...settings, connection: 'Upgrade, HTTP2-Settings' };
    const sent = request(`${url}/health`, { headers, agent: false });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect([answer.statusCode, JSON.parse(await text(answer)).status]).toEqual([200, 'ok']);
  });

  it('refusals come as they are, with their headers', async () => {
    expect(refusal(await callApi(url, 'GET', '/nowhere'))).toBe('404 ROUTE_NOT_FOUND');
    const { headers } = await callApi(url, 'GET', '/users/me');
    expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
    expect((await callApi(url, 'DELETE', '/health')).headers.get('allow')).toBe('GET, HEAD');
  });

  it('the caller is known by the own address', async () => {
    const body = { email: user.email, password: 'correct horse battery' };
    await callApi(url, 'POST', '/auth/login', { body });
    const sessions = await server.call('GET', '/auth/sessions', { token: user.token });
    expect(sessions.body.data).toMatchObject([{ ip: '127.0.0.1' }, {}]);
  });

  async function upload(content: Uint8Array<ArrayBuffer>) {
    const headers = { authorization: `Bearer ${user.token}` };
    const answer = await fetch(`${url}/users/me/avatar`, { method: 'POST', body: form(content), headers });
    return { status: answer.status, ...((await answer.json()) as { avatarUrl?: string; code?: string }) };
  }
});

/** Without the program the same is tested without a proxy, and a warning is printed. */
async function started(name: ProxyName, port: number): Promise<DocumentedProxy | undefined> {
  try {
    return await DocumentedProxy.start(name, [port, port]);
  } catch (error) {
    if (!(error instanceof NotInstallableError)) throw error;
    process.stderr.write(`NOT TESTED: ${name} could not be installed (${error.message}).\n`);
    return undefined;
  }
}
