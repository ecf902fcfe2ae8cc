import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { browserTest as it } from '../../test/support/browser-test.js';
import { TestServer } from '../../test/support/test-server.js';

/** What the page below keeps of the messages that it gets. */
interface Heard {
  readonly origin: string;
  readonly data: { readonly type: string };
}
type Host = typeof globalThis & { readonly heard: Heard[] };

/** A page of another origin with the web client in a frame; it keeps what the frame tells it. */
async function embed(page: Page, host: string, chat: string): Promise<void> {
  await page.goto(host);
  await page.evaluate((address) => {
    const heard: Heard[] = [];
    Object.assign(globalThis, { heard });
    addEventListener('message', ({ origin, data }) => heard.push({ origin, data: data as Heard['data'] }));
    const frame = document.createElement('iframe');
    frame.src = address;
    frame.title = 'Chat';
    frame.width = '900';
    frame.height = '600';
    document.body.append(frame);
  }, chat);
}

const heard = (page: Page) => page.evaluate(() => (globalThis as Host).heard);
const hears = (page: Page, count: number) =>
  page.waitForFunction((expected) => (globalThis as Host).heard.length >= expected, count);

/** Sends a message to the frame, as its page would. */
const tell = (page: Page, message: object, origin: string) =>
  page.evaluate(
    ([data, target]) => document.querySelector('iframe')?.contentWindow?.postMessage(data, target),
    [message, origin] as const,
  );

/** A web server with an empty page: its address is an origin of its own. */
async function otherOrigin(): Promise<string> {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><body>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function chatFor(ancestors: string): Promise<TestServer> {
  const server = await TestServer.start({ WEB: 'on', WEB_FRAME_ANCESTORS: ancestors });
  onTestFinished(() => server.stop());
  return server;
}

it('a page of an origin that is listed shows the chat, and signs in with tokens that its backend got', async ({
  openProfile,
}) => {
  const host = await otherOrigin();
  const chat = await chatFor(host);
  const { email } = await chat.signUp('Ada');
  const { body: tokens } = await chat.call('POST', '/auth/login', {
    body: { email, password: 'correct horse battery' },
  });
  const page = await (await openProfile({ locale: 'en' })).newPage();
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await embed(page, host, chat.url);
  const frame = page.frameLocator('iframe');
  await frame.getByLabel('E-mail', { exact: true }).waitFor();
  const { origin } = new URL(chat.url);
  await hears(page, 1);
  expect(await heard(page)).toEqual([{ origin, data: { type: 'causerie:ready' } }]);

  // What nobody could have meant changes nothing.
  for (const message of [
    {},
    { type: 'causerie:tokens' },
    { type: 'causerie:tokens', tokens: { user: {} } },
    { type: 'causerie:tokens', tokens: { ...tokens, refreshToken: '' } },
    { type: 'causerie:tokens', tokens: { ...tokens, user: { id: tokens.user.id } } },
  ]) {
    await tell(page, message, origin);
  }
  await tell(page, { type: 'causerie:tokens', tokens: { ...tokens, secret: 'of the backend' } }, origin);
  await hears(page, 2);
  expect(await heard(page)).toEqual([
    { origin, data: { type: 'causerie:ready' } },
    { origin, data: { type: 'causerie:signed-in' } },
  ]);
  await frame.getByText('No conversations yet').first().waitFor();
  // Only what it needs is kept.
  const kept = await page.frames()[1]?.evaluate(() => JSON.stringify(localStorage));
  expect(kept).toContain(tokens.refreshToken);
  expect(kept).not.toContain('of the backend');
  expect(requested.filter((url) => url.includes(tokens.accessToken))).toEqual([]);
});

it('is in no frame of an origin that is not listed', async ({ openProfile, pageErrors }) => {
  const [listed, host] = [await otherOrigin(), await otherOrigin()];
  const chat = await chatFor(listed);
  const page = await (await openProfile()).newPage();
  const refused = page.waitForEvent('console', {
    predicate: (entry) => /frame-ancestors/.test(entry.text()),
  });
  await embed(page, host, chat.url);
  await refused;
  expect(await heard(page)).toEqual([]);
  expect(pageErrors.splice(0)).not.toEqual([]);
});

it('takes tokens from the page around it only, and from nobody where there is none', async ({
  openProfile,
}) => {
  const chat = await chatFor('https://app.example.com');
  const { email } = await chat.signUp('Ada');
  const { body: tokens } = await chat.call('POST', '/auth/login', {
    body: { email, password: 'correct horse battery' },
  });
  const page = await (await openProfile({ locale: 'en' })).newPage();
  await page.goto(chat.url);
  await page.getByLabel('E-mail', { exact: true }).waitFor();
  await page.evaluate((message) => postMessage(message, location.origin), {
    type: 'causerie:tokens',
    tokens,
  });
  // A message that is sent later has been heard: so has the first.
  await page.evaluate(() => {
    const later = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    postMessage('later', location.origin);
    return later;
  });
  expect(await page.getByLabel('E-mail', { exact: true }).isVisible()).toBe(true);
});
