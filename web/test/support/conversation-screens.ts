import type { Page } from 'playwright-core';
import type { BusyChat } from './busy-chat.ts';
import { row } from './rows.ts';
import type { Screen } from './screen.ts';

const said = (page: Page): Promise<void> => row(page, 'Good.').last().waitFor();

/** Presses a button of those that stand at a message. */
async function act(page: Page, text: string, index: number): Promise<void> {
  await said(page);
  const message = row(page, text).last();
  await message.hover();
  await message.getByRole('group').getByRole('button').nth(index).click();
}

async function choose(page: Page, item: RegExp): Promise<void> {
  await act(page, 'I will ask on Monday.', -1);
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').waitFor();
}

/** The conversations in their states, with what is opened at a message. */
export function conversationScreens({ group, direct, empty, root }: BusyChat): Screen[] {
  const path = `/c/${group}`;
  return [
    { name: 'direct', path: `/c/${direct}`, open: (page) => page.locator('textarea').waitFor() },
    { name: 'empty', path: `/c/${empty}`, open: (page) => page.locator('textarea').waitFor() },
    { name: 'group', path, open: said },
    {
      name: 'group-up',
      path,
      async open(page) {
        await said(page);
        await row(page, 'Second thought').first().scrollIntoViewIfNeeded();
        await row(page, 'Second thought').first().hover();
      },
    },
    {
      name: 'menu',
      path,
      async open(page) {
        await act(page, 'I will ask on Monday.', -1);
        await page.getByRole('menu').waitFor();
      },
    },
    { name: 'history', path, open: (page) => choose(page, /^(Earlier versions|Versions précédentes)/) },
    { name: 'delete', path, open: (page) => choose(page, /^(Delete|Supprimer)/) },
    {
      name: 'emoji',
      path,
      async open(page) {
        await act(page, 'Good.', -3);
        await page.locator('[frimousse-emoji]:visible').first().waitFor();
      },
    },
    {
      name: 'pins',
      path,
      async open(page) {
        await said(page);
        await page.getByRole('button', { name: /^(Pinned messages|Messages épinglés)/ }).click();
        await page.locator('dialog section[aria-busy=false]').waitFor();
      },
    },
    {
      name: 'mention-list',
      path,
      async open(page) {
        await said(page);
        await page.locator('textarea').fill('');
        await page.locator('textarea').pressSequentially('@');
        await page.getByRole('option').first().waitFor();
      },
    },
    {
      name: 'reply-long',
      path,
      async open(page) {
        await act(page, 'Then it is settled.', -2);
        await page.locator('textarea').fill('One line of it.\n'.repeat(260));
      },
    },
    {
      name: 'offline',
      path,
      async open(page) {
        await said(page);
        await page.context().setOffline(true);
        await page.locator('textarea').fill('Written without a connection');
        await page.keyboard.press('Enter');
        await page.locator('output[data-shown="true"]').first().waitFor();
      },
    },
    { name: 'thread', path: `${path}/t/${root}`, open: (page) => row(page, 'ok').last().waitFor() },
  ];
}
