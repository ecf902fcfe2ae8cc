import { expect } from 'vitest';
import { composer, post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

const INTERACTIVE_MS = 1_000;
/** Machines differ, and are busy: what is only slow is reported. */
const TOLERANCE = 3;

const report = (line: string): boolean => process.stdout.write(`${line}\n`);
it('can be used at once, on a slow device, too', async ({ server, owner, openAs }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Hello');
  const page = await openAs(owner, `/c/${id}`);
  await row(page, 'Hello').waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  await page.reload({ waitUntil: 'commit' });
  await composer(page).waitFor();
  const usableMs = await page.evaluate(() => performance.now());
  await row(page, 'Hello').waitFor();
  const messageMs = await page.evaluate(() => performance.now());
  const files = requests.filter((path) => path === `/c/${id}` || /\.(?:js|css)$/.test(path));
  report(
    `Usable after ${usableMs.toFixed(0)} ms of ${INTERACTIVE_MS} with a processor four times slower, the messages after ${messageMs.toFixed(0)} ms; ${files.length} files and ${requests.length - files.length} other requests by then`,
  );
  expect(files.length).toBeLessThanOrEqual(6);
  expect(usableMs).toBeLessThan(TOLERANCE * INTERACTIVE_MS);
});
