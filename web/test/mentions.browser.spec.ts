import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { composer, post, row, say } from './support/rows.ts';
import { replyTo } from './support/threads.ts';
import { webTest as it } from './support/web-test.ts';

const list = (page: Page): Locator => page.getByRole('listbox', { name: /People to mention|Personnes/ });
const field = (page: Page): Locator => page.locator('textarea');
const chosen = (page: Page): Locator => list(page).getByRole('option', { selected: true });

it('a name is chosen with the keyboard, and the one who is mentioned sees it', async ({
  server,
  owner,
  member,
  show,
}) => {
  const zoe = await server.signUp('Zoé Bobin');
  const id = await server.createConversation(owner, [member, zoe]);
  const [ada, bob] = [await show(owner, `/c/${id}`), await show(member)];
  await composer(ada).click();
  await ada.keyboard.type('Hello @bo');
  await list(ada).waitFor();
  await expect.poll(() => chosen(ada).innerText()).toContain('Bob');
  const active = await composer(ada).getAttribute('aria-activedescendant');
  expect(await chosen(ada).getAttribute('id')).toBe(active);
  await ada.keyboard.press('ArrowDown');
  await expect.poll(() => chosen(ada).innerText()).toContain('Zoé Bobin');
  await ada.keyboard.press('ArrowUp');
  await ada.keyboard.press('Enter');
  await list(ada).waitFor({ state: 'detached' });
  await expect.poll(() => field(ada).inputValue()).toBe('Hello @Bob ');
  await ada.keyboard.type('and @zoe');
  await list(ada).waitFor();
  await ada.keyboard.press('Tab');
  await expect.poll(() => field(ada).inputValue()).toBe('Hello @Bob and @Zoé Bobin ');
  await ada.keyboard.press('Enter');
  await row(ada, 'Hello').locator('bdi', { hasText: '@Bob' }).waitFor();
  await bob.getByRole('link', { name: /^Mentions 1 unread/ }).waitFor();
  await show(member, `/c/${id}`);
  const own = row(bob, 'Hello').locator('bdi[data-own=true]');
  await own.waitFor();
  expect(await own.allInnerTexts()).toEqual(['@Bob']);
  expect(await row(bob, 'Hello').locator('bdi[data-own=false]').allInnerTexts()).toEqual(['@Zoé Bobin']);
  const { body } = await server.call('GET', '/chat/mentions', { token: zoe.token });
  expect(body.data).toMatchObject([{ content: 'Hello @Bob and @Zoé Bobin ' }]);
});

it('Esc closes the list and nothing else, and a name that is typed mentions, too', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'Root');
  await replyTo(server, owner, [id, messageId], 'Reply');
  const page = await show(owner, `/c/${id}/t/${messageId}`);
  const panel = page.getByRole('complementary', { name: 'Thread' });
  await panel.getByRole('textbox').fill('@B');
  await list(page).waitFor();
  await page.keyboard.press('Escape');
  await list(page).waitFor({ state: 'detached' });
  await page.keyboard.type('ob, `@Bob` and mail@Bob.example');
  expect(await list(page).count()).toBe(0);
  await page.keyboard.press('Enter');
  await panel.locator('bdi', { hasText: '@Bob' }).waitFor();
  expect(await panel.locator('bdi', { hasText: '@Bob' }).count()).toBe(1);
  await expect
    .poll(async () => (await server.call('GET', '/chat/threads', { token: member.token })).body.data)
    .toMatchObject([{ me: { mentionCount: 1 } }]);
});

it('of two people with the same name the one is mentioned who was chosen; an edit mentions others', async ({
  server,
  owner,
  show,
}) => {
  const twins = [await server.signUp('Max'), await server.signUp('Max')];
  const id = await server.createConversation(owner, twins);
  const page = await show(owner, `/c/${id}`);
  await composer(page).click();
  await page.keyboard.type('@ma');
  await list(page).waitFor();
  await list(page).getByRole('option').nth(1).click();
  await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await row(page, '@Max').locator('bdi', { hasText: '@Max' }).waitFor();
  const mentionsOf = async (): Promise<number[]> => {
    const all = twins.map(({ token }) => server.call('GET', '/chat/mentions', { token }));
    return (await Promise.all(all)).map(({ body }) => body.data.length);
  };
  await expect.poll(mentionsOf).toEqual(expect.arrayContaining([0, 1]));
  await page.keyboard.press('ArrowUp');
  await page.getByText('Your message is being edited.').waitFor();
  await field(page).fill('Nobody');
  await page.keyboard.press('Enter');
  await expect.poll(mentionsOf).toEqual([0, 0]);
});

it('the owner of a group mentions everybody, in the words of the reader', async ({
  server,
  owner,
  member,
  openAs,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const [ada, bob] = [await openAs(owner, `/c/${id}`, { locale: 'fr' }), await show(member, `/c/${id}`)];
  await composer(ada).click();
  await ada.keyboard.type('@to');
  await list(ada).getByText('Tout le monde ici').waitFor();
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('bonjour');
  await ada.keyboard.press('Enter');
  await row(bob, 'bonjour').locator('bdi[data-own=true]').waitFor();
  await composer(bob).fill('@al');
  await say(bob, 'Not allowed @all');
  await row(bob, 'Not allowed').waitFor();
  expect(await row(bob, 'Not allowed').locator('bdi[data-own]').count()).toBe(0);
});

it('keys of an input method choose nothing, and the caret stays where one writes', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await show(owner, `/c/${id}`);
  await composer(page).click();
  await page.keyboard.type('one three');
  for (let steps = 0; steps < 5; steps += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('two ');
  await expect.poll(() => field(page).inputValue()).toBe('one two three');
  await page.keyboard.type('@bo');
  await list(page).waitFor();
  await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await list(page).waitFor();
  await expect.poll(() => field(page).inputValue()).toBe('one two @bothree');
  await page.keyboard.press('Tab');
  await expect.poll(() => field(page).inputValue()).toBe('one two @Bob three');
  await page.keyboard.type('and ');
  await expect.poll(() => field(page).inputValue()).toBe('one two @Bob and three');
});

it('who has another name since is still seen in what mentions them', async ({ server, owner, openAs }) => {
  const bob = await server.signUp('Robert Bobin');
  const id = await server.createConversation(owner, [bob]);
  await post(server, owner, id, 'Ask @Robert Bobin.', { mentions: [bob.id] });
  await server.call('PUT', '/users/me', { token: bob.token, body: { displayName: 'Bob' } });
  const page = await openAs(bob, `/c/${id}`);
  const own = row(page, 'Ask').locator('bdi[data-own=true]');
  await own.waitFor();
  expect(await own.allInnerTexts()).toEqual(['@Robert']);
});
