import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { composer, post, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** What has the focus: its name, or else its first text. */
const focus = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    if (!element || element === document.body) return 'nothing';
    return element.getAttribute('aria-label') ?? (element.textContent.trim() || element.localName);
  });

async function press(page: Page, key: string): Promise<string> {
  await page.keyboard.press(key);
  return focus(page);
}

it('F6 and Shift+F6 lead from area to area, and in each to where one was; Tab leads nowhere else', async ({
  server,
  owner,
  openAs,
}) => {
  const titles = ['One', 'Two', 'Three'];
  let id = '';
  for (const title of titles)
    ({ id } = (
      await server.call('POST', '/chat/conversations', { token: owner.token, body: { memberIds: [], title } })
    ).body);
  await post(server, owner, id, 'Hello');
  const page = await openAs(owner, `/c/${id}`);
  await row(page, 'Hello').waitFor();
  expect(await press(page, 'F6')).toMatch(/Three/);
  expect(await press(page, 'ArrowDown')).toMatch(/Two/);
  expect(await press(page, 'F6')).toMatch(/Details|Back|Pinned/);
  await press(page, 'F6');
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-messages'))).toBe(true);
  expect(await press(page, 'ArrowUp')).toMatch(/^Ada/);
  expect(await press(page, 'F6')).toBe('Message to Three');
  expect(await press(page, 'F6')).toMatch(/Two/);
  expect(await press(page, 'Shift+F6')).toBe('Message to Three');
  expect(await press(page, 'Shift+F6')).toMatch(/^Ada/);
  const walk = new Set<string>();
  for (let step = 0; step < 30; step += 1) walk.add(await press(page, 'Tab'));
  expect([...walk]).toEqual(expect.arrayContaining(['Search', 'New conversation']));
  expect(walk.size).toBeGreaterThan(8);
});

it('the list has one stop for Tab: arrows, pages, Home and End lead through it, `/` to its search', async ({
  server,
  openAs,
}) => {
  const user = await server.signUp('Zoe');
  for (let number = 1; number <= 30; number += 1)
    await server.call('POST', '/chat/conversations', {
      token: user.token,
      body: { memberIds: [], title: `No. ${number}.` },
    });
  const page = await openAs(user);
  await page.getByRole('link', { name: /No\. 30\./ }).waitFor();
  expect(await press(page, '/')).toBe('Search');
  expect(await press(page, 'ArrowDown')).toMatch(/No\. 30\./);
  expect(await press(page, 'ArrowDown')).toMatch(/No\. 29\./);
  expect(await press(page, 'End')).toMatch(/No\. 1\./);
  const number = Number(/No\. (\d+)/.exec(await press(page, 'PageUp'))?.[1]);
  expect(number).toBeGreaterThan(4);
  expect(await press(page, 'Home')).toMatch(/No\. 30\./);
  expect(await page.locator('nav a[data-row][tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No. 30.' }).waitFor();
  await composer(page).click();
  expect(await press(page, '/')).toMatch(/^Message to/);
});

it('on a phone the focus goes with one to the conversation, and back to its row', async ({
  server,
  owner,
  openAs,
}) => {
  const ids = [await server.createConversation(owner), await server.createConversation(owner)];
  const page = await openAs(owner, '/', { viewport: { width: 390, height: 800 } });
  await page.locator('nav a[data-row]').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/c/${ids[0]}`);
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('main');
  await page.getByRole('button', { name: 'Back' }).first().click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('href')))
    .toBe(`/c/${ids[0]}`);
});

it('no row of the list moves from under the pointer, and none loses the focus, when others are written to', async ({
  server,
  member,
  openAs,
}) => {
  const user = await server.signUp('Zoe');
  const ids: string[] = [];
  for (const title of ['Third', 'Second', 'First']) {
    const body = { memberIds: [member.id], title };
    ids.push((await server.call('POST', '/chat/conversations', { token: user.token, body })).body.id);
  }
  const page = await openAs(user);
  const rows = page.locator('nav a[data-row]');
  const names = (): Promise<string[]> =>
    rows
      .locator('bdi')
      .first()
      .waitFor()
      .then(() => rows.evaluateAll((all) => all.map((one) => one.querySelector('bdi')?.textContent ?? '')));
  await expect.poll(names).toEqual(['First', 'Second', 'Third']);
  await rows.nth(1).hover();
  await post(server, member, ids[0] ?? '', 'Third is active');
  await rows.getByText('Third is active').waitFor();
  expect(await names()).toEqual(['First', 'Second', 'Third']);
  // What is unread makes no row higher.
  const heights = await rows.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  expect(new Set(heights).size).toBe(1);
  await rows.nth(1).focus();
  await page.mouse.move(600, 300);
  await expect.poll(names).toEqual(['Third', 'First', 'Second']);
  expect(await focus(page)).toContain('Second');
  await post(server, member, ids[1] ?? '', 'Second is active');
  await expect.poll(names).toEqual(['Second', 'Third', 'First']);
  expect(await focus(page)).toContain('Second');
});

it('who has left a list with Tab is not brought back into it when somebody writes', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await openAs(owner);
  const link = page.locator('nav a[data-row]').first();
  await link.focus();
  // Behind the last place the browser itself has the focus.
  await expect.poll(() => press(page, 'Tab')).toBe('nothing');
  await post(server, member, id, 'Are you there?');
  await link.getByText('Are you there?').waitFor();
  expect(await focus(page)).toBe('nothing');
});
