import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestServer, TestUser } from '../../test/support/test-server.js';
import { holdMessages } from './support/hold-messages.ts';
import { composer, row, say } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** The row says so at once, its clock after a while. */
const beingSent = (page: Page): Locator => page.getByRole('article', { name: 'Being sent' });

it('shows this device and the others, and ends one or all of them', async ({ server, owner, openAs }) => {
  for (let i = 0; i < 2; i++)
    await server.call('POST', '/auth/login', {
      body: { email: owner.email, password: 'correct horse battery' },
      headers: { 'user-agent': `Mozilla/5.0 (Windows NT 10.0) Firefox/14${i}.0` },
    });
  const page = await openAs(owner, '/settings/devices');
  const region = (name: string) => page.getByRole('region', { name }).first();
  await region('This device').getByText('Chrome on Linux').waitFor();
  const others = region('Other devices').getByRole('listitem');
  await expect.poll(() => others.count()).toBe(3);
  await page.getByRole('button', { name: 'Log out Firefox on Windows' }).first().click();
  await expect.poll(() => others.count()).toBe(2);
  await page.getByRole('button', { name: 'Log out all other devices' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Log out', exact: true }).click();
  await page.getByText('Only this one.').waitFor();
  const { status } = await server.call('GET', '/users/me', { token: owner.token });
  expect(status).toBe(401);
});

it('a device that was logged out elsewhere says so, and leads back to where it was', async ({
  server,
  member,
  openAs,
  pageErrors,
}) => {
  const page = await openAs(member, '/settings/devices');
  await page.getByRole('region', { name: 'This device' }).waitFor();
  await endOthers(server, member);
  await page.getByRole('heading', { name: 'You were logged out' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('E-mail').waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('next')).toBe('/settings/devices');
  expect(pageErrors.splice(0).filter((error) => !error.includes('401'))).toEqual([]);
});

it('what one was writing, or editing, when the session ended is there after logging in again', async ({
  server,
  openAs,
  pageErrors,
}) => {
  const ada = await server.signUp('Ada');
  const id = await server.createConversation(ada);
  const page = await openAs(ada, `/c/${id}`);
  await say(page, 'Once');
  await page.getByRole('article').getByText('Once').waitFor();
  await beingSent(page).waitFor({ state: 'detached' });
  await composer(page).fill('A draft');
  await row(page, 'Once').hover();
  await row(page, 'Once').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
  await composer(page).fill('Twice');
  await endOthers(server, ada);
  await page.getByRole('button', { name: 'Log in again' }).click();
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await expect.poll(() => composer(page).inputValue()).toBe('Twice');
  await expect.poll(() => page.url()).toBe(`${server.url}/c/${id}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await row(page, 'Twice').waitFor();
  await expect.poll(() => composer(page).inputValue()).toBe('A draft');
  expect(pageErrors.splice(0).filter((error) => !error.includes('401'))).toEqual([]);
});

it('who logs out here is told nothing, and begins anew', async ({ stranger, openAs }) => {
  const page = await openAs(stranger, '/settings');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByLabel('E-mail').waitFor();
  const address = (): string => page.url().slice(new URL(page.url()).origin.length);
  await expect.poll(address).toBe('/login');
});

it('who logs out is asked before messages are lost that another tab has not sent yet', async ({
  server,
  logInAs,
}) => {
  const ada = await server.signUp('Ada');
  const id = await server.createConversation(ada);
  const page = await logInAs(ada);
  const messages = await holdMessages(page);
  await page.goto(`${server.url}/c/${id}`);
  // A tab that is opened later would send it.
  const tab = await page.context().newPage();
  await tab.goto(`${server.url}/settings`);
  await tab.getByRole('button', { name: 'Log out' }).waitFor();
  messages.hold();
  await say(page, 'On its way');
  await beingSent(page).waitFor();
  await tab.getByRole('button', { name: 'Log out' }).click();
  await tab.getByRole('button', { name: 'Log out all the same' }).waitFor();
  await tab.keyboard.press('Escape');
  messages.release();
  await beingSent(page).waitFor({ state: 'detached' });
  await tab.getByRole('button', { name: 'Log out' }).click();
  await tab.getByLabel('E-mail').waitFor();
});

it('where the browser keeps nothing, as often in frames, one logs in, writes, and chooses a look', async ({
  server,
  openProfile,
}) => {
  const ada = await server.signUp('Ada');
  const id = await server.createConversation(ada);
  const page = await (await openProfile({ locale: 'en' })).newPage();
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('Forbidden', 'SecurityError');
        },
      });
    }
  });
  await page.goto(`${server.url}/c/${id}`);
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await say(page, 'Kept by the server');
  await row(page, 'Kept by the server').waitFor();
  await page.evaluate(() => history.pushState(null, '', '/settings/appearance'));
  await page.getByRole('radio', { name: 'Dark' }).check();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.getByRole('radio', { name: 'Français' }).click();
  await page.getByText('That did not work.').waitFor();
});

it('language, look and Enter key are chosen, and kept', async ({ server, openAs }) => {
  const kim = await server.signUp('Kim');
  const id = await server.createConversation(kim);
  const page = await openAs(kim, '/settings/appearance');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('radio', { name: /^Begins a new line/ }).check();
  await page.getByRole('radio', { name: 'Français' }).click();
  await page.getByRole('heading', { name: 'Langue et apparence' }).waitFor();
  const html = page.locator('html');
  expect([await html.getAttribute('lang'), await html.getAttribute('data-theme')]).toEqual(['fr', 'dark']);
  expect(await page.getByRole('radio', { name: 'Sombre' }).isChecked()).toBe(true);
  expect(await html.evaluate((element) => getComputedStyle(element).colorScheme)).toBe('dark');
  await page.goto(`${server.url}/c/${id}`);
  await say(page, 'Un');
  expect(await composer(page).inputValue()).toBe('Un\n');
});

it('on a phone the list leads to a section, and back', async ({ server, openAs }) => {
  const page = await openAs(await server.signUp('Pia'), '/settings', {
    viewport: { width: 390, height: 800 },
  });
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.getByRole('link', { name: 'Language and look' }).click();
  await page.getByRole('heading', { name: 'Language and look' }).waitFor();
  await expect.poll(focused).toBe('Language and look');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/settings/appearance');
  expect(await page.getByRole('link', { name: 'Privacy' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('link', { name: 'Privacy' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  const current = page.getByRole('link', { name: 'Profile' });
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  expect(await current.getAttribute('aria-current')).toBe('page');
});

async function endOthers(server: TestServer, { token }: TestUser): Promise<void> {
  const { body } = await server.call('GET', '/auth/sessions', { token });
  for (const { id, current } of body.data)
    if (!current) await server.call('DELETE', `/auth/sessions/${id}`, { token });
}
