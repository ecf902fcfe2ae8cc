import { expect } from 'vitest';
import { composer, post, row, say } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

it('Enter sends, Shift with Enter breaks the line; a setting swaps them', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${id}`);
  await composer(page).fill('One');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('Two');
  expect(await composer(page).inputValue()).toBe('One\nTwo');
  await page.keyboard.press('Enter');
  await row(page, 'Two').waitFor();
  await page.evaluate(() => localStorage.setItem('causerie.enter', 'break'));
  await composer(page).fill('Three');
  await page.keyboard.press('Enter');
  expect(await composer(page).inputValue()).toBe('Three\n');
  await page.keyboard.press('Control+Enter');
  await row(page, 'Three').waitFor();
});

it('on a touch keyboard Enter breaks the line', async ({ server, owner, openAs }) => {
  const id = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${id}`, { hasTouch: true, isMobile: true });
  await say(page, 'One');
  expect(await composer(page).inputValue()).toBe('One\n');
});

it('what is too long is kept, counted and not sent', async ({ server, owner, show }) => {
  const id = await server.createConversation(owner);
  const page = await show(owner, `/c/${id}`);
  const left = page.getByText(/characters? left$/);
  await composer(page).fill('x'.repeat(3_799));
  expect(await left.count()).toBe(0);
  await composer(page).press('x');
  await left.filter({ hasText: '200' }).waitFor();
  await composer(page).fill('👍'.repeat(3_999));
  await page.getByText('1 character left').waitFor();
  await composer(page).fill('x'.repeat(5_000));
  await page.getByText('1,000 characters too many').waitFor();
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  expect((await composer(page).inputValue()).length).toBe(5_000);
  await composer(page).fill('👍'.repeat(4_000));
  await page.keyboard.press('Enter');
  await row(page, '👍👍👍').waitFor();
});

it('ArrowUp in an empty composer edits the last own message, and Esc leaves it', async ({
  server,
  owner,
  show,
}) => {
  const id = await server.createConversation(owner);
  await post(server, owner, id, 'Said before');
  const page = await show(owner, `/c/${id}`);
  await row(page, 'Said before').waitFor();
  await composer(page).focus();
  await page.keyboard.press('ArrowUp');
  await page.getByText('Your message is being edited.').waitFor();
  expect(await composer(page).inputValue()).toBe('Said before');
  await page.keyboard.press('Escape');
  expect(await composer(page).inputValue()).toBe('');
});

it('drafts stay in their conversation, survive a reload, and follow to another tab', async ({
  server,
  owner,
  openAs,
}) => {
  const [one, two] = [await server.createConversation(owner), await server.createConversation(owner)];
  const page = await openAs(owner, `/c/${one}`);
  const other = await page.context().newPage();
  await other.goto(`${server.url}/c/${one}`);
  await composer(other).waitFor();
  await composer(page).fill('For the first');
  await other.waitForFunction(() => document.querySelector('textarea')?.value === 'For the first');
  await page.goto(`${server.url}/c/${two}`);
  await composer(page).waitFor();
  expect(await composer(page).inputValue()).toBe('');
  await page.goto(`${server.url}/c/${one}`);
  await page.waitForFunction(() => document.querySelector('textarea')?.value === 'For the first');
});

it('the composer grows with its text to eight lines', async ({ server, owner, show }) => {
  const id = await server.createConversation(owner);
  const page = await show(owner, `/c/${id}`);
  const height = async (lines: number): Promise<number> => {
    await composer(page).fill('x\n'.repeat(lines - 1));
    return (await composer(page).boundingBox())?.height ?? 0;
  };
  const [one, four, eight, twenty] = [await height(1), await height(4), await height(8), await height(20)];
  expect(four).toBeGreaterThan(one + 30);
  expect(eight).toBeGreaterThan(four + 30);
  expect(twenty - eight).toBeLessThan(8);
});
