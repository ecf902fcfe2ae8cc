import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestServer, TestUser } from '../../test/support/test-server.js';
import { holdMessages } from './support/hold-messages.ts';
import { composer, row, say } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

/** The texts of the rows, from above. */
const texts = async (page: Page): Promise<string[]> =>
  await page.getByRole('article').locator('[dir=auto]').allInnerTexts();

/** Ada and Bob in a direct conversation; whom the other has blocked can send nothing. */
async function direct(server: TestServer, user: TestUser, other: TestUser): Promise<string> {
  const { body } = await server.call('PUT', `/chat/conversations/direct/${other.id}`, { token: user.token });
  return body.id;
}

it('a sent message is in the document in the same task as the key press, and keeps its element', async ({
  server,
  owner,
  logInAs,
}) => {
  const id = await server.createConversation(owner);
  const page = await logInAs(owner);
  const messages = await holdMessages(page);
  await page.goto(`${server.url}/c/${id}`);
  await composer(page).fill('At once');
  messages.hold();
  const wasThere = await page.evaluateHandle(() => {
    const answer = { isThere: null as boolean | null, sent: NaN, clock: NaN };
    new MutationObserver((_, observer) => {
      if (!document.querySelector('svg[aria-label="Being sent"]')) return;
      answer.clock = performance.now();
      observer.disconnect();
    }).observe(document.body, { subtree: true, childList: true });
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      const rows = [...document.querySelectorAll('article')];
      answer.isThere = rows.some((each) => each.innerText.includes('At once'));
    });
    port1.start();
    const press = (): void => {
      answer.sent = performance.now();
      port2.postMessage(null);
    };
    addEventListener('keydown', press, { capture: true, once: true });
    return answer;
  });
  await page.keyboard.press('Enter');
  await row(page, 'At once').waitFor();
  expect((await wasThere.jsonValue()).isThere).toBe(true);
  const element = await row(page, 'At once').elementHandle();
  await element?.evaluate((article) => getSelection()?.selectAllChildren(article));
  const clock = page.locator('svg[aria-label="Being sent"]');
  await clock.waitFor();
  const { sent, clock: shown } = await wasThere.jsonValue();
  expect(shown - sent).toBeGreaterThanOrEqual(400);
  messages.release();
  await clock.waitFor({ state: 'detached' });
  expect(
    await element?.evaluate((article) => [article.isConnected, getSelection()?.containsNode(article, true)]),
  ).toEqual([true, true]);
});

it('a message that failed says why, is copied, tried again, mended and thrown away', async ({
  server,
  openAs,
}) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const id = await direct(server, ada, bob);
  const blocks = `/users/me/blocks/${ada.id}`;
  await server.call('PUT', blocks, { token: bob.token });
  const page = await openAs(ada, `/c/${id}`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await say(page, 'First');
  await say(page, 'Second');
  await row(page, 'First').getByText('You cannot write to each other.').waitFor();
  await row(page, 'First').getByRole('button', { name: 'Copy' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('First');
  // As without HTTPS.
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await row(page, 'Second').getByRole('button', { name: 'Copy' }).click();
  await composer(page).press('ControlOrMeta+V');
  await expect.poll(() => composer(page).inputValue()).toBe('Second');
  await composer(page).fill('');
  await row(page, 'Second').getByRole('button', { name: 'Delete' }).click();
  await say(page, 'Thrid');
  await row(page, 'Thrid').getByText('Not sent').waitFor();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => composer(page).inputValue()).toBe('Thrid');
  await page.keyboard.press('Escape');
  await expect.poll(() => composer(page).inputValue()).toBe('');
  await page.keyboard.press('ArrowUp');
  await composer(page).fill('Third');
  await server.call('DELETE', blocks, { token: bob.token });
  await row(page, 'First').getByRole('button', { name: 'Try again' }).click();
  await row(page, 'First').getByText('Not sent').waitFor({ state: 'detached' });
  await composer(page).press('Enter');
  await expect.poll(() => texts(page)).toEqual(['First', 'Third']);
  await page.getByText('Not sent').waitFor({ state: 'detached' });
});

it('a failed message that is taken up again and then tried again as it is, is sent once', async ({
  server,
  openAs,
}) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const id = await direct(server, ada, bob);
  const blocks = `/users/me/blocks/${ada.id}`;
  await server.call('PUT', blocks, { token: bob.token });
  const page = await openAs(ada, `/c/${id}`);
  await say(page, 'Only once');
  await row(page, 'Only once').getByText('Not sent').waitFor();
  await composer(page).press('ArrowUp');
  await expect.poll(() => composer(page).inputValue()).toBe('Only once');
  await server.call('DELETE', blocks, { token: bob.token });
  await row(page, 'Only once').getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => composer(page).inputValue()).toBe('');
  await composer(page).press('Enter');
  await row(page, 'Only once').getByText('Not sent').waitFor({ state: 'detached' });
  await say(page, 'Another');
  await expect
    .poll(async () => {
      const { body } = await server.call('GET', `/chat/conversations/${id}/messages`, { token: bob.token });
      return body.data.map(({ content }) => content).toSorted();
    })
    .toEqual(['Another', 'Only once']);
});

it('pending messages stand behind the stored ones in the order of typing; then the order is the server’s', async ({
  server,
  owner,
  member,
  logInAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await logInAs(owner);
  const messages = await holdMessages(page);
  await page.goto(`${server.url}/c/${id}`);
  await composer(page).waitFor();
  messages.hold();
  const own = Array.from({ length: 20 }, (_, index) => `own ${index + 1}`);
  const others = ['other 1', 'other 2', 'other 3'];
  for (const text of own) {
    await say(page, text);
    const other = text === 'own 5' ? others[0] : text === 'own 11' ? others[1] : others[2];
    if (!['own 5', 'own 11', 'own 20'].includes(text) || other === undefined) continue;
    const { status } = await server.call('POST', `/chat/conversations/${id}/messages`, {
      token: member.token,
      body: { content: other },
    });
    expect(status).toBe(201);
    await row(page, other).waitFor();
  }
  expect(await texts(page)).toEqual([...others, ...own]);
  messages.release();
  await expect
    .poll(async () => {
      const { body } = await server.call('GET', `/chat/conversations/${id}/messages?limit=50`, {
        token: owner.token,
      });
      return body.data.length;
    })
    .toBe(23);
  expect(await texts(page)).toEqual([...others, ...own]);
});

it('one can type and send while the server is frozen, and a late failure touches nothing', async ({
  server,
  logInAs,
}) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const id = await direct(server, ada, bob);
  const page = await logInAs(ada);
  const messages = await holdMessages(page);
  await page.goto(`${server.url}/c/${id}`);
  await composer(page).waitFor();
  messages.hold();
  await say(page, 'Early');
  await say(page, 'Later');
  await composer(page).fill('What I write now');
  await server.call('PUT', `/users/me/blocks/${ada.id}`, { token: bob.token });
  messages.release();
  await row(page, 'Later').getByText('Not sent').waitFor();
  expect(await composer(page).inputValue()).toBe('What I write now');
});

it('a text is in the list or in the composer, whenever the page is reloaded', async ({
  server,
  owner,
  logInAs,
}) => {
  const id = await server.createConversation(owner);
  const page = await logInAs(owner);
  const messages = await holdMessages(page);
  await page.goto(`${server.url}/c/${id}`);
  await composer(page).waitFor();
  messages.hold();
  await composer(page).fill('Not lost');
  await page.keyboard.press('Enter');
  await page.reload();
  await row(page, 'Not lost').waitFor();
  await expect.poll(() => composer(page).inputValue()).toBe('');
  messages.release();
  await page.reload();
  await row(page, 'Not lost').waitFor();
  expect(await texts(page)).toEqual(['Not lost']);
});
