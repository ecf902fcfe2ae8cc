import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { post, row } from './support/rows.ts';
import { replyTo } from './support/threads.ts';
import { tryAgain } from './support/try-again.ts';
import { webTest as it } from './support/web-test.ts';

const panel = (page: Page): Locator => page.getByRole('complementary', { name: /^(Thread|Fil)$/ });
const field = (page: Page): Locator => panel(page).getByRole('textbox');

async function begin(page: Page, text: string): Promise<void> {
  await row(page, text).hover();
  await row(page, text).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Start a thread' }).click();
  await field(page).waitFor();
}

it('somebody begins a thread beside the conversation, others see the replies, and the focus returns', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'Where do we eat?');
  const [ada, bob] = [await show(owner, `/c/${id}`), await show(member, `/c/${id}`)];
  await begin(ada, 'Where do we eat?');
  await expect.poll(() => new URL(ada.url()).pathname).toBe(`/c/${id}/t/${messageId}`);
  await panel(ada).getByText('No replies yet.').waitFor();
  // On wide screens one can write at once.
  await ada.locator('aside textarea:focus').waitFor();
  await ada.keyboard.type('At the harbour');
  await ada.keyboard.press('Enter');
  await panel(ada).getByRole('article').filter({ hasText: 'At the harbour' }).waitFor();
  await panel(ada).getByRole('button', { name: 'Unfollow' }).waitFor();
  const line = bob.getByRole('link', { name: /^1 reply/ });
  await line.click();
  await panel(bob).getByText('Where do we eat?').waitFor();
  await field(bob).fill('Fine');
  await bob.keyboard.press('Enter');
  await panel(ada).getByRole('article').getByText('Fine').waitFor();
  await bob.keyboard.press('Escape');
  await panel(bob).waitFor({ state: 'detached' });
  await bob.locator('a:focus', { hasText: /^\s*\d repl(?:y|ies)/ }).waitFor();
  await expect.poll(() => new URL(bob.url()).pathname).toBe(`/c/${id}`);
});

it('one follows a thread, and follows it no longer', async ({ server, owner, member, show }) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'Root');
  const threadId = await replyTo(server, owner, [id, messageId], 'Reply');
  const page = await show(member, `/c/${id}/t/${messageId}`);
  const isFollowed = async (): Promise<boolean> => {
    const { body } = await server.call('GET', '/chat/threads', { token: member.token });
    return body.data.some(({ thread }: { thread: { id: string } }) => thread.id === threadId);
  };
  await panel(page).getByRole('button', { name: 'Follow', exact: true }).click();
  await panel(page).getByRole('button', { name: 'Unfollow' }).waitFor();
  await expect.poll(isFollowed).toBe(true);
  await post(server, owner, threadId, 'Another one');
  await panel(page).getByRole('article').getByText('Another one').waitFor();
  await panel(page).getByRole('button', { name: 'Unfollow' }).click();
  await expect.poll(isFollowed).toBe(false);
});

it('on a phone a thread is a page, and its button leads back to the message', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  const messageId = await post(server, owner, id, 'Racine');
  await replyTo(server, owner, [id, messageId], 'Première');
  const page = await openAs(owner, `/c/${id}`, {
    viewport: { width: 390, height: 800 },
    hasTouch: true,
    isMobile: true,
    locale: 'fr',
  });
  const line = page.getByRole('link', { name: /^1 réponse/ });
  await line.tap();
  await panel(page).getByText('Première').waitFor();
  expect((await panel(page).boundingBox())?.width).toBe(390);
  expect(await page.locator('section[inert]').count()).toBe(1);
  await panel(page).getByRole('button', { name: 'Retour' }).tap();
  await panel(page).waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('1 réponse');
});

it('a thread that cannot be loaded says why, and is tried again', async ({
  server,
  owner,
  logInAs,
  pageErrors,
}) => {
  const id = await server.createConversation(owner);
  const messageId = await post(server, owner, id, 'Root');
  await replyTo(server, owner, [id, messageId], 'Reply');
  const page = await logInAs(owner);
  await page.route('**/chat/conversations/*/messages**', (route) => route.abort());
  await page.goto(`${server.url}/c/${id}/t/${messageId}`);
  await panel(page).getByText('The server does not answer.').waitFor();
  await page.unrouteAll();
  await tryAgain(panel(page));
  await panel(page).getByText('Reply').first().waitFor();
  expect(pageErrors.splice(0).every((error) => error.includes('ERR_FAILED'))).toBe(true);
  await page.goto(`${server.url}/c/${id}/t/${id}`);
  await panel(page).getByText('This message is not there any more.').waitFor();
  expect(pageErrors.splice(0).every((error) => error.includes('404'))).toBe(true);
});

it('the address of a thread as of a conversation leads to its place', async ({ server, owner, show }) => {
  const id = await server.createConversation(owner);
  const messageId = await post(server, owner, id, 'Root');
  const threadId = await replyTo(server, owner, [id, messageId], 'Reply');
  const page = await show(owner, `/c/${threadId}`);
  await page.waitForURL(`**/c/${id}/t/${messageId}`);
  await panel(page).getByText('Reply').first().waitFor();
});

it('what a thread covers is not read, and an older message at its beginning is told when it changes', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'Root');
  const threadId = await replyTo(server, member, [id, messageId], 'Reply');
  for (let number = 1; number <= 60; number += 1) await post(server, member, id, `Later ${number}`);
  const page = await openAs(member, `/c/${id}/t/${messageId}`, { viewport: { width: 390, height: 800 } });
  await panel(page).getByText('Reply').first().waitFor();
  await post(server, owner, id, 'Behind');
  await post(server, owner, threadId, 'In front');
  const unreadIn = async (one: string): Promise<number> => {
    const { body } = await server.call('GET', `/chat/conversations/${one}`, { token: member.token });
    return body.me.unreadCount;
  };
  await expect.poll(() => unreadIn(threadId)).toBe(0);
  expect(await unreadIn(id)).toBe(1);
  const path = `/chat/conversations/${id}/messages/${messageId}`;
  await server.call('PATCH', path, { token: owner.token, body: { content: 'Another root' } });
  await panel(page).getByText('Another root').waitFor();
});
