import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { composer, post, row, say } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** The button of a row, which appears with the pointer. */
async function action(page: Page, text: string, name: string | RegExp): Promise<Locator> {
  await row(page, text).hover();
  return row(page, text).getByRole('button', { name, exact: true });
}

async function choose(page: Page, text: string, name: string): Promise<void> {
  await (await action(page, text, 'More')).click();
  await page.getByRole('menuitem', { name }).click();
}

const focusedLabel = async (page: Page): Promise<string | null | undefined> =>
  await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

it('somebody reacts, and takes it back; others see it at once', async ({ server, owner, member, show }) => {
  const id = await server.createConversation(owner, [member]);
  await post(server, owner, id, 'Cake?');
  const [ada, bob] = [await show(owner, `/c/${id}`), await show(member, `/c/${id}`)];
  await (await action(bob, 'Cake?', 'React with 👍')).click();
  await bob.getByRole('button', { name: '👍 1: You', pressed: true }).waitFor();
  const seen = ada.getByRole('button', { name: '👍 1: Bob', pressed: false });
  await seen.click();
  await bob.getByRole('button', { name: '👍 2: You and Ada' }).click();
  await ada.getByRole('button', { name: '👍 1: You', pressed: true }).waitFor();
});

it('two quick clicks on a reaction leave it as it was', async ({ server, owner, show }) => {
  const id = await server.createConversation(owner);
  const messageId = await post(server, owner, id, 'Twice');
  const page = await show(owner, `/c/${id}`);
  const changes: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/reactions/')) changes.push(request.method());
  });
  const button = await action(page, 'Twice', 'React with 👍');
  await button.evaluate((element: HTMLElement) => [1, 2, 3, 4].forEach(() => element.click()));
  await page.getByRole('button', { name: /^👍 1/ }).waitFor({ state: 'detached' });
  await button.click();
  await page.getByRole('button', { name: '👍 1: You', pressed: true }).waitFor();
  await expect
    .poll(async () => {
      const path = `/chat/conversations/${id}/messages/${messageId}`;
      return (await server.call('GET', path, { token: owner.token })).body.message.reactions;
    })
    .toMatchObject([{ emoji: '👍', count: 1 }]);
  expect(changes.filter((method, index) => method === changes[index + 1])).toEqual([]);
});

it('any emoji is found by its name, in the language of the reader', async ({ server, owner, openAs }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Bonjour');
  const page = await openAs(owner, `/c/${id}`, { locale: 'fr' });
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await (await action(page, 'Bonjour', 'Ajouter une réaction')).click();
  await page.getByRole('searchbox', { name: 'Chercher un émoji' }).fill('licorne');
  await page.getByRole('gridcell', { name: /licorne/i }).waitFor();
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: '🦄 1 : Vous' })
    .or(page.getByRole('button', { name: /^🦄 1/ }))
    .waitFor();
  await expect.poll(() => focusedLabel(page)).toBe('Ajouter une réaction');
  expect([...origins]).toEqual([server.url]);
});

it('a reply stands with its quote, and Esc leaves it', async ({ server, owner, member, show }) => {
  const id = await server.createConversation(owner, [member]);
  await post(server, owner, id, 'Who comes?');
  const page = await show(member, `/c/${id}`);
  await (await action(page, 'Who comes?', 'Reply')).click();
  await page.getByText('Reply to Ada:').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Reply to Ada:').waitFor({ state: 'detached' });
  await (await action(page, 'Who comes?', 'Reply')).click();
  // Another message after all: one can write at once.
  await post(server, owner, id, 'And when?');
  await (await action(page, 'And when?', 'Reply')).click();
  await (await action(page, 'Who comes?', 'Reply')).click();
  await page.keyboard.type('Me');
  await page.keyboard.press('Enter');
  const quote = page.getByRole('link', { name: 'Reply to Ada: Who comes?' });
  await quote.click();
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/c/${id}/m/1`);
});

it('one edits and deletes one’s own message, and sees what it said before', async ({
  server,
  owner,
  member,
  show,
}) => {
  const id = await server.createConversation(owner, [member]);
  const [ada, bob] = [await show(owner, `/c/${id}`), await show(member, `/c/${id}`)];
  await say(bob, 'Helo');
  await composer(bob).fill('A draft');
  await choose(bob, 'Helo', 'Edit');
  await expect.poll(() => composer(bob).inputValue()).toBe('Helo');
  await bob.keyboard.press('Escape');
  await expect.poll(() => composer(bob).inputValue()).toBe('A draft');
  await choose(bob, 'Helo', 'Edit');
  await composer(bob).fill('Hello');
  await bob.keyboard.press('Enter');
  await ada
    .getByRole('article', { name: /Bob, .*edited/ })
    .getByText('Hello')
    .waitFor();
  await expect.poll(() => composer(bob).inputValue()).toBe('A draft');
  await bob.getByRole('button', { name: '(edited)' }).click();
  await bob.getByRole('dialog', { name: 'Earlier versions' }).getByText('Helo').waitFor();
  await bob.keyboard.press('Escape');
  await choose(bob, 'Hello', 'Delete');
  await bob.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await choose(bob, 'Hello', 'Delete');
  await bob.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await bob.getByText('Message deleted').first().waitFor();
  await ada.getByRole('article', { name: /Bob, .*deleted/ }).waitFor();
});

it('what is typed while an edit is being saved stays, and is saved by the next Enter', async ({
  server,
  owner,
  show,
}) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Helo');
  const page = await show(owner, `/c/${id}`);
  await choose(page, 'Helo', 'Edit');
  await expect.poll(() => composer(page).inputValue()).toBe('Helo');
  const isReleased = Promise.withResolvers<void>();
  const isSent = Promise.withResolvers<void>();
  await page.route('**/messages/*', async (route) => {
    if (route.request().method() === 'PATCH') {
      isSent.resolve();
      await isReleased.promise;
    }
    await route.continue();
  });
  await composer(page).fill('Hello');
  await page.keyboard.press('Enter');
  await isSent.promise;
  await page.keyboard.type(' there');
  isReleased.resolve();
  await row(page, 'Hello').waitFor();
  const save = page.getByRole('button', { name: 'Save' });
  await expect.poll(() => save.isEnabled()).toBe(true);
  expect(await composer(page).inputValue()).toBe('Hello there');
  await page.unrouteAll();
  await composer(page).press('Enter');
  await row(page, 'Hello there').waitFor();
  await save.waitFor({ state: 'detached' });
});

it('the menu offers what the server allows, and what fails is told by a note', async ({
  server,
  owner,
  member,
  show,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const messageId = await post(server, owner, id, 'By the owner');
  const page = await show(member, `/c/${id}`);
  await (await action(page, 'By the owner', 'More')).click();
  await page.getByRole('menuitem').first().waitFor();
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([
    'Start a thread',
    'Copy text',
    'Copy link',
    'Mark as unread from here',
  ]);
  await page.locator('[role=menuitem]:focus').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => focusedLabel(page)).toBe('More');
  const path = `/chat/conversations/${id}/messages/${messageId}`;
  await page.route(`**${path}/reactions/**`, (route) =>
    route.fulfill({
      status: 409,
      json: { statusCode: 409, code: 'MESSAGE_DELETED', message: 'gone', details: [] },
    }),
  );
  await (await action(page, 'By the owner', 'React with 👍')).click();
  await page.getByText('This message has been deleted.').waitFor();
  await page
    .getByRole('button', { name: /^👍/ })
    .and(page.getByRole('button', { pressed: true }))
    .waitFor({ state: 'detached' });
  expect(pageErrors.splice(0)).toHaveLength(1);
});

it('a message is pinned, unpinned, copied, and unread again', async ({ server, owner, show }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Remember');
  const page = await show(owner, `/c/${id}`);
  await choose(page, 'Remember', 'Pin');
  await page.getByRole('article', { name: /pinned/i }).waitFor();
  await choose(page, 'Remember', 'Unpin');
  await page.getByRole('article', { name: /pinned/i }).waitFor({ state: 'detached' });
  await choose(page, 'Remember', 'Copy text');
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Remember');
  await choose(page, 'Remember', 'Copy link');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(`${server.url}/c/${id}/m/1`);
  await choose(page, 'Remember', 'Mark as unread from here');
  await page.getByText('Marked as unread').waitFor();
});

it('everything is reached by the keyboard, and Esc leads back', async ({ server, owner, show }) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'First');
  await post(server, owner, id, 'Second');
  const page = await show(owner, `/c/${id}`);
  await row(page, 'Second').waitFor();
  await composer(page).focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => focusedLabel(page)).toContain('Ada');
  await page.keyboard.press('ArrowUp');
  await expect
    .poll(async () => {
      await page.keyboard.press('Tab');
      return focusedLabel(page);
    })
    .toBe('More');
  await page.keyboard.press('Enter');
  await page.locator('[role=menuitem]:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await expect.poll(() => focusedLabel(page)).toBe('More');
  await page.keyboard.press('Enter');
  // The menu gives the focus to its first item; before that no item keeps it.
  await page.locator('[role=menuitem]:focus').waitFor();
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  // The browser closes it before the page hears of it.
  await page.locator('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => focusedLabel(page)).toBe('More');
  await page.keyboard.press('Escape');
  await expect.poll(() => focusedLabel(page)).toContain('Ada');
});

it('on a phone a tap shows what one can do, beside the message and never over it', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  const texts = Array.from({ length: 12 }, (_, index) => `Tap me ${index + 1}.`);
  for (const text of texts) await post(server, owner, id, text);
  const page = await openAs(owner, `/c/${id}`, {
    viewport: { width: 390, height: 500 },
    hasTouch: true,
    isMobile: true,
  });
  const bar = page.getByRole('group', { name: 'Actions' });
  await row(page, 'Tap me 12.').waitFor();
  const first = await page.evaluate(() => {
    const view = document.querySelector('[data-messages]')?.getBoundingClientRect();
    const rows = [...document.querySelectorAll('article')];
    return rows.find((each) => each.getBoundingClientRect().top >= (view?.top ?? 0))?.textContent;
  });
  for (const text of [/Tap me \d+\./.exec(first ?? '')?.[0] ?? '', 'Tap me 12.']) {
    await row(page, text).getByText(text).tap();
    const covers = async (locator: Locator): Promise<boolean> => {
      const [message, other] = [await row(page, text).boundingBox(), await locator.boundingBox()];
      if (!message || !other) throw new Error('Nothing is shown.');
      return other.y < message.y + message.height && message.y < other.y + other.height;
    };
    expect(await covers(bar)).toBe(false);
    await bar.getByRole('button', { name: 'More' }).tap();
    expect(await covers(page.getByRole('menu'))).toBe(false);
    await page.keyboard.press('Escape');
    await row(page, text).getByText(text).tap();
    await bar.waitFor({ state: 'detached' });
  }
  await row(page, 'Tap me 12.').getByText('Tap me 12.').tap();
  await bar.getByRole('button', { name: 'React with ❤️' }).tap();
  await bar.waitFor({ state: 'detached' });
  const reaction = page.getByRole('button', { name: /1: You/, pressed: true });
  await reaction.waitFor();
  // What one sees is smaller than what one hits.
  expect((await reaction.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  const seen = await reaction.evaluate((button) => getComputedStyle(button, '::before').height);
  expect(Number.parseFloat(seen)).toBeLessThan(32);
});
