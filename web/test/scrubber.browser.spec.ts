import { expect } from 'vitest';
import { post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

it('a slider leads to any day of a long conversation, with the keyboard alone; a short one has none', async ({
  server,
  owner,
  openAs,
}) => {
  const [short, id] = [await server.createConversation(owner), await server.createConversation(owner)];
  await post(server, owner, short, 'Just begun');
  for (let number = 1; number <= 210; number += 1) await post(server, owner, id, `Message ${number}.`);
  await server.database.query(
    `update messages set created_at = timestamptz '2026-03-01T12:00Z' + seq * interval '1 day' where conversation_id = $1`,
    [id],
  );
  const page = await openAs(owner, `/c/${short}`);
  await row(page, 'Just begun').waitFor();
  const slider = page.getByRole('slider', { name: 'Place in the conversation' });
  expect(await slider.count()).toBe(0);
  await page.goto(`${server.url}/c/${id}`);
  await row(page, 'Message 210.').waitFor();
  await expect.poll(() => slider.inputValue()).toBe('210');
  await slider.focus();
  await page.keyboard.press('Home');
  await row(page, 'Message 1.').waitFor();
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('Monday, March 2, Message 1 of 210');
  for (let times = 0; times < 5; times += 1) await page.keyboard.press('PageUp');
  await expect.poll(() => slider.inputValue()).toBe('106');
  await row(page, 'Message 106.').waitFor();
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain('Message 106 of 210');
  expect(await slider.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('End');
  await row(page, 'Message 210.').waitFor();
  await page.getByRole('button', { name: 'To the newest message' }).waitFor({ state: 'detached' });
});
