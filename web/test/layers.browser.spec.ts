import { expect } from 'vitest';
import { webTest as it } from './support/web-test.ts';

it('the styles of the parts are stronger than the reset, in whatever order they are loaded', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${id}`);
  const field = page.getByRole('textbox', { name: /Message/ });
  await field.focus();
  expect(await field.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('none');
  const rows = page.getByRole('navigation').getByRole('list');
  expect(await rows.evaluate((element) => getComputedStyle(element).margin)).toBe('8px');
});
