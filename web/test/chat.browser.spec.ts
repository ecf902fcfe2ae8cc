import { expect } from 'vitest';
import { webTest as it } from './support/web-test.ts';

it('two people chat', async ({ server, owner, member, show }) => {
  const id = await server.createConversation(owner, [member]);
  const [ada, bob] = [await show(owner, `/c/${id}`), await show(member, `/c/${id}`)];
  await ada.getByRole('textbox', { name: 'Message' }).fill('Hello Bob');
  await ada.keyboard.press('Enter');
  await bob.getByRole('article', { name: /^Ada/ }).getByText('Hello Bob').waitFor();
  await bob.getByRole('textbox', { name: 'Message' }).fill('Hello Ada');
  await bob.getByRole('button', { name: 'Send' }).click();
  await ada.getByRole('article', { name: /^Bob/ }).getByText('Hello Ada').waitFor();
  expect(await ada.getByRole('article').allInnerTexts()).toHaveLength(2);
});

it('somebody signs up, and begins a conversation', async ({ server, stranger, openProfile }) => {
  const page = await (await openProfile({ locale: 'en' })).newPage();
  await page.goto(server.url);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Grace');
  await page.getByLabel('E-mail').fill('grace@test.example');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Start one' }).click();
  await page.getByLabel('Name of a person').fill('Eve');
  await page.getByRole('button', { name: 'Eve' }).click();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { name: 'Eve' }).waitFor();
  await page.getByRole('textbox', { name: /Message/ }).fill('Hello');
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText('Hello').waitFor();
  await expect
    .poll(async () => (await server.call('GET', '/chat/conversations', { token: stranger.token })).body)
    .toMatchObject({ data: [{ type: 'direct', lastMessage: { content: 'Hello' } }] });
});
