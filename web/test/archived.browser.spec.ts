import { expect } from 'vitest';
import { post } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

it('archived conversations have a list of their own, stay there when somebody writes, and are taken out again', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const ids: string[] = [];
  for (const title of ['Old plans', 'New plans']) {
    const body = { memberIds: [member.id], title };
    ids.push((await server.call('POST', '/chat/conversations', { token: owner.token, body })).body.id);
  }
  const page = await openAs(owner, `/c/${ids[0]}/details`);
  const nav = page.getByRole('navigation');
  await nav.getByRole('link', { name: /Old plans/ }).waitFor();
  await page.getByLabel('Archive', { exact: true }).check();
  await nav.getByRole('link', { name: /Old plans/ }).waitFor({ state: 'detached' });
  await nav.getByRole('link', { name: /New plans/ }).waitFor();
  await post(server, member, ids[0] ?? '', 'Still there?');
  const opener = nav.getByRole('button', { name: 'Archived 1' });
  await opener.click();
  await nav.getByText('Still there?').waitFor();
  expect(await nav.getByRole('listitem').count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByRole('searchbox', { name: 'Search' }).fill('plans');
  await nav.getByRole('link', { name: /Old plans/ }).waitFor();
  await page.keyboard.press('Escape');
  await opener.click();
  await nav.getByRole('button', { name: 'Take Old plans out of the archive' }).click();
  await nav.getByText('Nothing is archived.').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  await nav.getByRole('button', { name: 'Back' }).click();
  await nav.getByRole('link', { name: /Old plans/ }).waitFor();
});
