import type { Page } from 'playwright-core';
import type { BusyChat } from './busy-chat.ts';
import { conversationScreens } from './conversation-screens.ts';
import { detailsScreens } from './details-screens.ts';
import { loaded, type Screen } from './screen.ts';

const SETTINGS = ['', '/profile', '/privacy', '/devices', '/notifications', '/appearance'];

/** All screens of somebody who is logged in. */
export function screensOf(chat: BusyChat): Screen[] {
  return [
    {
      name: 'list',
      path: '/',
      open: (page) => page.getByRole('link', { name: /Design of the harbour/ }).waitFor(),
    },
    {
      name: 'archive',
      path: '/',
      async open(page) {
        await page.getByRole('button', { name: /^Archiv/ }).click();
        await page.getByRole('link', { name: /of last year/ }).waitFor();
      },
    },
    { name: 'new', path: '/new', open: (page) => page.locator('main input').first().waitFor() },
    { name: 'new-found', path: '/new', open: choosePeople },
    ...SETTINGS.map((section) => ({
      name: `settings${section.replace('/', '-')}`,
      path: `/settings${section}`,
      async open(page: Page) {
        await page.locator('main h1, main h2').first().waitFor();
        await page.waitForFunction(
          () => !/(?:Loading|Chargement) …/.test(document.querySelector('main')?.innerText ?? ''),
        );
      },
    })),
    {
      name: 'threads',
      path: '/threads',
      open: (page) => page.locator('main li').first().waitFor(),
    },
    { name: 'mentions', path: '/mentions', open: (page) => page.locator('main li').first().waitFor() },
    {
      name: 'threads-failed',
      path: '/threads',
      async open(page) {
        await page.route('**/chat/threads**', (route) => route.abort());
        await page.evaluate(() => history.pushState(null, '', '/mentions'));
        await loaded(page);
        await page.evaluate(() => history.pushState(null, '', '/threads'));
        await page.locator('main section > button').waitFor();
        await page.unroute('**/chat/threads**');
      },
    },
    ...conversationScreens(chat),
    ...detailsScreens(chat),
    {
      name: 'gone',
      path: '/c/00000000-0000-7000-8000-000000000000',
      open: (page) => page.locator('main a[href="/"]').waitFor(),
    },
    { name: 'not-found', path: '/nowhere', open: (page) => page.locator('main a[href="/"]').waitFor() },
    { name: 'invite-gone', path: '/i/nothing', open: (page) => page.locator('main a[href="/"]').waitFor() },
    {
      name: 'invite',
      path: `/i/${chat.invite}`,
      open: (page) => page.getByRole('heading', { name: 'Regatta' }).waitFor(),
    },
  ];
}

async function choosePeople(page: Page): Promise<void> {
  const field = page.locator('main input').first();
  for (const name of ['Bob', 'Ines']) {
    await field.fill(name);
    await page.getByRole('button', { name }).first().click();
  }
  await field.fill('Z');
  await page.getByRole('button', { name: /Zoé/ }).first().waitFor();
}
