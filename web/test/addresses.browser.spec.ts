import { expect } from 'vitest';
import { webTest as it } from './support/web-test.ts';

it('addresses that lead nowhere say so; those to log in with lead to no other place', async ({
  server,
  owner,
  openAs,
}) => {
  const page = await openAs(owner);
  for (const path of ['/c/constructor', '/c/__proto__/details', '/c/%00/m/1']) {
    await page.goto(server.url + path);
    await page.getByRole('heading', { name: 'This conversation is not there' }).waitFor();
  }
  for (const next of [
    'http://',
    '//',
    '//evil.example',
    '/\\evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    '/login',
    '/LOGIN/?next=/signup',
  ]) {
    await page.goto(`${server.url}/login?next=${encodeURIComponent(next)}`);
    await page
      .getByText('Choose a conversation')
      .or(page.getByText('No conversations yet'))
      .first()
      .waitFor();
    await expect.poll(() => page.url()).toBe(`${server.url}/`);
  }
});

it('an address with capitals is that of the same conversation, which is there with all its parts', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${id.toUpperCase()}/details?a=B`);
  await page.getByRole('button', { name: 'Leave the group' }).waitFor();
  await expect.poll(() => page.url()).toBe(`${server.url}/c/${id}/details?a=B`);
});

it('who is removed while a dialog is open is told, and has the focus at the way out', async ({
  server,
  owner,
  member,
  openAs,
  pageErrors,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await openAs(member, `/c/${id}/details`);
  await page.getByRole('button', { name: 'Leave the group' }).click();
  await page.getByRole('dialog', { name: 'Leave the group' }).waitFor();
  await server.call('DELETE', `/chat/conversations/${id}/members/${member.id}`, { token: owner.token });
  await page.getByRole('heading', { name: 'This conversation is not there' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  const wayOut = page.getByRole('link', { name: 'To the conversations' });
  await expect.poll(() => wayOut.evaluate((link) => link === document.activeElement)).toBe(true);
  // Her page may have asked for members in between.
  expect(pageErrors.splice(0).filter((error) => !error.includes('403'))).toEqual([]);
});
