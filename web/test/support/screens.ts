import type { Page } from 'playwright-core';
import type { BusyChat } from './busy-chat.ts';
import { row } from './rows.ts';

/** A screen in a state, by the steps that lead to it. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Waits until it is there, or leads to it. */
  readonly open: (page: Page) => Promise<unknown>;
}

const act = async (page: Page, text: string, index: number): Promise<void> => {
  await row(page, text).last().hover();
  await row(page, text).last().getByRole('group').getByRole('button').nth(index).click();
};
const menu = async (page: Page): Promise<void> => {
  await act(page, 'I will ask on Monday.', -1);
  await page.getByRole('menu').waitFor();
};

const said = (page: Page): Promise<void> => row(page, 'Good.').last().waitFor();

/** All screens of somebody who is logged in. */
export function screensOf({ group, direct, empty, root }: BusyChat): Screen[] {
  return [
    {
      name: 'list',
      path: '/',
      open: (page) => page.getByRole('link', { name: /Design of the harbour/ }).waitFor(),
    },
    { name: 'new', path: '/new', open: (page) => page.locator('main input').first().waitFor() },
    {
      name: 'new-found',
      path: '/new',
      async open(page) {
        await page.locator('main input').first().fill('B');
        await page.getByRole('button', { name: 'Bob' }).first().click();
        await page.locator('main input').first().fill('I');
        await page.getByRole('button', { name: /Ines/ }).first().click();
        await page.locator('main input').first().fill('Z');
        await page.getByRole('button', { name: /Zoé/ }).first().waitFor();
      },
    },
    ...['', '/profile', '/privacy', '/devices', '/notifications', '/appearance'].map((section) => ({
      name: `settings${section.replace('/', '-')}`,
      path: `/settings${section}`,
      open: (page: Page) => page.locator('main h1, main h2').first().waitFor(),
    })),
    { name: 'group', path: `/c/${group}`, open: said },
    {
      name: 'group-up',
      path: `/c/${group}`,
      async open(page) {
        await said(page);
        await row(page, 'k').first().scrollIntoViewIfNeeded();
        await page.locator('[data-messages]').evaluate((box) => (box.scrollTop -= 500));
        await row(page, 'Second thought').first().hover();
      },
    },
    {
      name: 'group-menu',
      path: `/c/${group}`,
      async open(page) {
        await said(page);
        await menu(page);
      },
    },
    {
      name: 'group-emoji',
      path: `/c/${group}`,
      async open(page) {
        await said(page);
        await act(page, 'Good.', 3);
        await page.locator('[frimousse-emoji]:visible').first().waitFor();
      },
    },
    {
      name: 'group-reply-long',
      path: `/c/${group}`,
      async open(page) {
        await said(page);
        await act(page, 'Then it is settled.', 4);
        await page.locator('textarea').fill('One line of it.\n'.repeat(260));
      },
    },
    {
      name: 'details',
      path: `/c/${group}/details`,
      open: (page) => page.getByRole('button', { name: /Zoé/ }).waitFor(),
    },
    {
      name: 'details-settings',
      path: `/c/${group}/details`,
      async open(page) {
        await page.getByRole('button', { name: /Settings of the group|Réglages du groupe/ }).click();
        await page.getByRole('dialog').last().waitFor();
      },
    },
    {
      name: 'details-member',
      path: `/c/${group}/details`,
      async open(page) {
        await page
          .getByRole('listitem')
          .getByRole('button', { name: /^M?H? ?Maximiliane/ })
          .last()
          .click();
        await page.getByRole('dialog').last().waitFor();
      },
    },
    { name: 'thread', path: `/c/${group}/t/${root}`, open: (page) => row(page, 'ok').last().waitFor() },
    { name: 'direct', path: `/c/${direct}`, open: (page) => page.locator('textarea').waitFor() },
    {
      name: 'direct-details',
      path: `/c/${direct}/details`,
      open: (page) => page.getByRole('complementary').or(page.getByRole('dialog')).waitFor(),
    },
    { name: 'empty', path: `/c/${empty}`, open: (page) => page.locator('textarea').waitFor() },
    {
      name: 'gone',
      path: '/c/00000000-0000-7000-8000-000000000000',
      open: (page) => page.locator('main a').waitFor(),
    },
    { name: 'invite', path: '/i/nothing', open: (page) => page.locator('main a').waitFor() },
    { name: 'threads', path: '/threads', open: (page) => page.locator('main h1').waitFor() },
    { name: 'mentions', path: '/mentions', open: (page) => page.locator('main h1').waitFor() },
    {
      name: 'offline',
      path: `/c/${group}`,
      async open(page) {
        await said(page);
        await page.context().setOffline(true);
        await page.locator('textarea').fill('Written without a connection');
        await page.keyboard.press('Enter');
        await page.locator('output[data-shown="true"]').first().waitFor();
      },
    },
  ];
}
