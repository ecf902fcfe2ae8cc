import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { medianWorkMs } from '../../packages/react/test/page-metrics.ts';
import { postMany } from './support/many-messages.ts';
import { proxiedTest as it } from './support/proxied.ts';
import { composer, post, row } from './support/rows.ts';
import { switchTo, twoFrames } from './support/switch-to.ts';

const INTERACTIVE_MS = 1_000;
const SWITCH_MS = 50;
const ROUNDS = 20;
/** Files and answers until the first message is there: most are asked for beside what it needs. */
const MOST_REQUESTS = 15;
/** Machines differ, and are busy: what is only slow is reported. */
const TOLERANCE = 3;
const LOST_REQUESTS = 2;
/** The server says at least so often that it is there. */
const PING_MS = 20_000;

/** What Socket.IO sends, and the answer to it. */
const EMIT = /^42\/chat,(\d+)/;
const ACK = /^43\/chat,(\d+)/;

const report = (line: string): boolean => process.stdout.write(`${line}\n`);
const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());

it('can be used at once, on a slow device, too', async ({ server, owner, openAs }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Hello');
  const page = await openAs(owner, `/c/${id}`);
  await row(page, 'Hello').waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const empty = `${server.url}/empty`;
  await page.route(empty, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<textarea aria-label="Message"></textarea>' }),
  );
  await page.goto(empty, { waitUntil: 'commit' });
  await composer(page).waitFor();
  const emptyMs = await now(page);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  await page.goto(`${server.url}/c/${id}`, { waitUntil: 'commit' });
  await composer(page).waitFor();
  const usableMs = await now(page);
  await row(page, 'Hello').waitFor();
  const messageMs = await now(page);
  const files = requests.filter((path) => path === `/c/${id}` || /\.(?:js|css)$/.test(path));
  report(
    `Usable after ${usableMs.toFixed(0)} ms of ${INTERACTIVE_MS} with a processor four times slower, a page with nothing but a field after ${emptyMs.toFixed(0)} ms, the messages after ${messageMs.toFixed(0)} ms; ${files.length} files and ${requests.length - files.length} other requests by then`,
  );
  expect(files.length).toBeLessThanOrEqual(6);
  expect(requests.length).toBeLessThanOrEqual(MOST_REQUESTS);
  expect(usableMs - emptyMs).toBeLessThan(TOLERANCE * INTERACTIVE_MS);
});

it('loads the page to log in beside the texts, and for those only who need it', async ({
  server,
  owner,
  openProfile,
  openAs,
}) => {
  const page = await (await openProfile({ locale: 'en' })).newPage();
  const texts = Promise.withResolvers<null>();
  await page.route(/\/assets\/en-/, (route) => texts.promise.then(() => route.continue()));
  const asked = page.waitForRequest(/\/assets\/signed-out-.*\.js/);
  await page.goto(server.url);
  await asked;
  texts.resolve(null);
  await page.getByLabel('E-mail').waitFor();
  const known = await openAs(owner);
  await known.getByRole('link', { name: 'Threads' }).waitFor();
  const loaded = await known.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(loaded.filter((name) => name.includes('signed-out'))).toEqual([]);
});

/** As many rows as the conversation has, made by hand, as a measure for the work of the client. */
async function showPlainRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const list = document.createElement('div');
    list.id = 'plain';
    for (const { textContent } of document.querySelectorAll('article')) {
      const text = document.createElement('p');
      text.textContent = textContent;
      list.append(text);
    }
    document.body.append(list);
  });
  await twoFrames(page);
  await page.evaluate(() => document.querySelector('#plain')?.remove());
}

it('switches to a known conversation without waiting', async ({ server, owner, openAs }) => {
  const ids = [await server.createConversation(owner), await server.createConversation(owner)] as const;
  await Promise.all(ids.map((id) => postMany(server, owner, id, 60)));
  const page = await openAs(owner, `/c/${ids[0]}`);
  await row(page, 'The last one').waitFor();
  await switchTo(page, ids[1]);
  await row(page, 'The last one').waitFor();
  const isThere: boolean[] = [];
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const [switchMs = Number.NaN, plainMs = Number.NaN] = await medianWorkMs(page, ROUNDS, [
    async () => {
      requests.splice(0);
      await switchTo(page, ids[0]);
      isThere.push(requests.length === 0 && (await row(page, 'The last one').isVisible()));
    },
    () => showPlainRows(page),
    // It ends each round, and is not reported.
    () => switchTo(page, ids[1]),
  ]);
  report(
    `A switch of conversations: ${switchMs.toFixed(1)} ms of ${SWITCH_MS}; plain rows: ${plainMs.toFixed(1)} ms`,
  );
  expect(isThere).toEqual(Array.from({ length: ROUNDS }, () => true));
  expect(switchMs).toBeLessThan(TOLERANCE * SWITCH_MS);
});

it('somebody who writes changes one line, and nothing else', async ({ server, owner, member, openAs }) => {
  const id = await server.createConversation(owner, [member]);
  await post(server, owner, id, 'Hello');
  const [page, other] = await Promise.all([openAs(owner, `/c/${id}`), openAs(member, `/c/${id}`)]);
  await Promise.all([page, other].map((each) => row(each, 'Hello').waitFor()));
  // The last that changes: half a second later he has read it.
  await page.getByText(/^Read by/).waitFor();
  await page.evaluate(() => {
    const changed = new Set<Node>();
    Object.assign(globalThis, { changed });
    new MutationObserver((records) => {
      for (const { target } of records) changed.add(target);
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await composer(other).pressSequentially('So');
  await page.getByText('is writing …').waitFor();
  const changed = await page.evaluate(() =>
    [...(globalThis as unknown as { changed: Set<Node> }).changed].map((node) => node.textContent),
  );
  expect([...new Set(changed)]).toEqual([expect.stringMatching(/^[^.]{1,20} is writing …$/)]);
});

it('asks for nothing in a minute in which nothing happens', async ({ server, owner, member, logInAs }) => {
  const id = await server.createConversation(owner, [member]);
  await post(server, member, id, 'Hello');
  const page = await logInAs(owner);
  await page.clock.install();
  const sent: string[] = [];
  const unanswered = new Set<string>();
  const pings: Array<() => void> = [];
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const connection = socket.connectToServer();
    pings.push(() => socket.send('2'));
    socket.onMessage((message) => {
      sent.push(String(message));
      const [, number] = EMIT.exec(String(message)) ?? [];
      if (number !== undefined) unanswered.add(number);
      connection.send(message);
    });
    connection.onMessage((message) => {
      const [, number = ''] = ACK.exec(String(message)) ?? [];
      unanswered.delete(number);
      socket.send(message);
    });
  });
  await page.goto(`${server.url}/c/${id}`);
  await row(page, 'Hello').waitFor();
  // The last that happens: that it has been read is told after a while. An answer must not seem to be late.
  await expect
    .poll(async () => {
      const isAnswered = sent.some((message) => EMIT.test(message)) && unanswered.size === 0;
      if (isAnswered) await page.clock.fastForward(1_000);
      return sent.some((message) => message.includes('mark_read'));
    })
    .toBe(true);
  await expect.poll(() => unanswered.size).toBe(0);
  await page.clock.fastForward(PING_MS / 2);
  page.on('request', (request) => sent.push(request.url()));
  sent.splice(0);
  for (let seconds = 0; seconds < 60; seconds += PING_MS / 1_000) {
    for (const ping of pings) ping();
    await expect.poll(() => sent.splice(0)).toEqual(['3']);
    await page.clock.fastForward(PING_MS);
  }
  expect(sent).toEqual([]);
});

it('asks for little after a break of the connection', async ({
  server,
  owner,
  member,
  openThrough,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  await post(server, owner, id, 'Before');
  const { page, proxy } = await openThrough(owner, `/c/${id}`);
  await row(page, 'Before').waitFor();
  // What has not come by then would be asked for again.
  await page.getByRole('navigation').getByRole('listitem').first().waitFor();
  proxy.refuse();
  await post(server, member, id, 'During');
  const before = proxy.requests.length;
  proxy.admit();
  await row(page, 'During').waitFor();
  // Beside the connection itself, that it is noted what has been read, the page of the members, who may have read, and the
  // number of unread threads, which comes sooner or later.
  const requests = proxy.requests
    .slice(before)
    .filter((each) => each.startsWith('GET') && !/transport=websocket|\/members$|\/unread\?/.test(each));
  report(`After a break: ${requests.join(', ')}`);
  expect(requests.length).toBeLessThanOrEqual(LOST_REQUESTS);
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});
