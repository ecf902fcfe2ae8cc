import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { post, row } from './support/rows.ts';
import { replyTo } from './support/threads.ts';
import { tryAgain } from './support/try-again.ts';
import { webTest as it } from './support/web-test.ts';

const rowsOf = (page: Page, name: string): Locator =>
  page.getByRole('region', { name }).getByRole('listitem');

it('the threads that one follows stand in a list, unread ones first, and lead there and back', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const one = await post(server, member, id, 'First root');
  const two = await post(server, member, id, 'Second root');
  await replyTo(server, owner, [id, one], 'One', 'Two');
  const second = await replyTo(server, owner, [id, two], 'Three');
  await post(server, member, second, 'Answer');
  const page = await show(member);
  await page.getByRole('link', { name: /^Threads 1 unread/ }).click();
  const rows = rowsOf(page, 'Threads');
  await rows.nth(1).waitFor();
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching(/First root[^]*2 replies[^]*2 new/),
    expect.stringMatching(/Second root[^]*2 replies$/),
  ]);
  await rows.getByRole('link', { name: /First root/ }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('Two').waitFor();
  await page.getByRole('link', { name: 'Threads', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/threads');
  await page.locator('a:focus', { hasText: 'First root' }).waitFor();
  await expect.poll(() => rows.filter({ hasText: 'new' }).count()).toBe(0);
  await post(server, owner, second, 'Later');
  await page.getByRole('button', { name: 'Show what is new' }).click();
  await rows.filter({ hasText: '1 new' }).getByText('Second root').waitFor();
});

it('mentions stand in a list, page by page, and lead to their message', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  for (let number = 1; number <= 21; number += 1)
    await post(server, owner, id, `Hello @Bob ${number}`, { mentions: [member.id] });
  const page = await show(member, '/mentions');
  const rows = rowsOf(page, 'Mentions');
  await rows.filter({ hasText: '@Bob 21' }).waitFor();
  await page.getByRole('link', { name: /^Mentions 21 unread/ }).waitFor();
  expect(await rows.count()).toBe(20);
  await page.getByRole('button', { name: 'Show more' }).click();
  const last = rows.getByRole('link', { name: /@Bob 1$/ });
  await last.click();
  await page.waitForURL(`**/c/${id}/m/1`);
  await row(page, '@Bob 21').waitFor();
});

it('a mention in a thread leads to the reply', async ({ server, owner, member, show }) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'Root');
  const threadId = await replyTo(server, owner, [id, messageId], 'One');
  await post(server, owner, threadId, 'For @Bob', { mentions: [member.id] });
  for (let number = 1; number <= 30; number += 1) await post(server, owner, threadId, `Later ${number}`);
  const page = await show(member, '/mentions');
  await rowsOf(page, 'Mentions')
    .getByRole('link', { name: /For @Bob/ })
    .click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.locator('article:focus', { hasText: 'For @Bob' }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/mentions');
});

it('empty lists say so, in French and on a phone, and one gets back to the conversations', async ({
  owner,
  openAs,
}) => {
  const page = await openAs(owner, '/', { locale: 'fr', viewport: { width: 390, height: 800 } });
  await page.getByRole('link', { name: 'Mentions' }).click();
  await page.getByText('Personne ne vous a encore mentionné.').waitFor();
  await page.getByRole('button', { name: 'Retour' }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
});

it('a list that cannot be loaded says why, and is tried again', async ({
  server,
  owner,
  logInAs,
  pageErrors,
}) => {
  const page = await logInAs(owner);
  await page.route('**/chat/mentions**', (route) => route.abort());
  await page.goto(`${server.url}/mentions`);
  await page.getByText('The server does not answer.').waitFor();
  await page.unrouteAll();
  await tryAgain(page);
  await page.getByText('Nobody has mentioned you yet.').waitFor();
  expect(pageErrors.splice(0).every((error) => error.includes('ERR_FAILED'))).toBe(true);
});
