import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestServer } from '../../test/support/test-server.js';
import { post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** Writes when the messages of a conversation were sent, in their order. */
async function setTimes(server: TestServer, id: string, times: readonly string[]): Promise<void> {
  for (const [index, time] of times.entries())
    await server.database.query(
      'update messages set created_at = $1 where conversation_id = $2 and seq = $3',
      [time, id, index + 1],
    );
}

/** What stands in the list of messages, from above: the lines between days, and the rows. */
const lines = (page: Page): Promise<string[]> =>
  page
    .locator('[data-messages]')
    .locator('h2, article')
    .evaluateAll((all) =>
      all.map((each) =>
        each.tagName === 'H2'
          ? `— ${each.textContent}`
          : `${each.querySelector('strong') ? 'Ada: ' : ''}${each.querySelector('[dir=auto]')?.textContent}`,
      ),
    );

it.for([
  // The clocks of New York go forward on 8 March at 2:00, and back on 1 November at 2:00.
  [
    'America/New_York',
    ['2026-03-08T04:59:00Z', '2026-03-08T05:00:00Z', '2026-03-09T03:59:00Z', '2026-03-09T04:00:00Z'],
    ['2026-11-01T03:59:00Z', '2026-11-01T04:00:00Z', '2026-11-02T04:59:00Z', '2026-11-02T05:00:00Z'],
  ],
  // The furthest east.
  [
    'Pacific/Apia',
    ['2026-06-09T10:59:00Z', '2026-06-09T11:00:00Z', '2026-06-10T10:59:00Z', '2026-06-10T11:00:00Z'],
  ],
] as const)('days are those of %s', async ([timezoneId, ...days], { server, owner, logInAs }) => {
  const page = await logInAs(owner, { timezoneId });
  for (const times of days) {
    const id = await server.createConversation(owner);
    for (const text of ['before', 'begin', 'end', 'after']) await post(server, owner, id, text);
    await setTimes(server, id, times);
    await page.goto(`${server.url}/c/${id}`);
    await row(page, 'after').waitFor();
    const shown = (await lines(page)).map((line) => (line.startsWith('—') ? '—' : line));
    expect(shown).toEqual(['—', 'Ada: before', '—', 'Ada: begin', 'Ada: end', '—', 'Ada: after']);
  }
});

it('today becomes yesterday at midnight, without a reload', async ({ server, owner, logInAs }) => {
  const id = await server.createConversation(owner);
  for (const text of ['one', 'two']) await post(server, owner, id, text);
  await setTimes(server, id, ['2026-11-27T12:00:00Z', '2026-11-28T12:00:00Z']);
  const page = await logInAs(owner, { timezoneId: 'UTC' });
  await page.clock.install({ time: '2026-11-28T23:58:30Z' });
  await page.goto(`${server.url}/c/${id}`);
  await row(page, 'two').waitFor();
  expect(await lines(page)).toEqual(['— Yesterday', 'Ada: one', '— Today', 'Ada: two']);
  await page.clock.fastForward('02:00');
  await page.getByRole('heading', { name: 'Yesterday' }).waitFor();
  await expect
    .poll(() => lines(page))
    .toEqual(['— Friday, November 27', 'Ada: one', '— Yesterday', 'Ada: two']);
});

it('what one says within five minutes is one group, and each row has its exact time', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const texts = ['first', 'second', 'third', 'fourth'];
  for (const text of texts) await post(server, text === 'fourth' ? member : owner, id, text);
  await setTimes(server, id, [
    '2026-11-27T12:00:00Z',
    '2026-11-27T12:04:59Z',
    '2026-11-27T12:09:59Z',
    '2026-11-27T12:10:00Z',
  ]);
  const page = await openAs(owner, `/c/${id}`, { timezoneId: 'UTC' });
  await row(page, 'fourth').waitFor();
  const groups = await page
    .getByRole('article')
    .evaluateAll((all) => all.map((each) => each.dataset['first']));
  expect(groups).toEqual(['true', 'false', 'true', 'true']);
  const exact = 'Friday, November 27, 2026 at 12:04 PM';
  expect(await page.getByRole('article').nth(1).getAttribute('aria-label')).toBe(`Ada, ${exact}`);
  expect(await page.getByRole('article').nth(1).locator('time').getAttribute('title')).toBe(exact);
  const time = page.getByRole('article').nth(1).locator('time');
  const opacity = (): Promise<string> => time.evaluate((element) => getComputedStyle(element).opacity);
  await expect.poll(() => opacity()).toBe('0');
  await page.getByRole('article').nth(1).hover();
  await expect.poll(() => opacity()).toBe('1');
  await page.mouse.move(0, 0);
  await page.getByRole('article').nth(1).focus();
  await expect.poll(opacity).toBe('1');
});
