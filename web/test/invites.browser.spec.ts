import { expect } from 'vitest';
import type { TestServer, TestUser } from '../../test/support/test-server.js';
import { webTest as it } from './support/web-test.ts';

interface Invited {
  readonly id: string;
  readonly inviteId: string;
  readonly path: string;
}

async function invite(
  server: TestServer,
  { token }: TestUser,
  others: readonly TestUser[] = [],
  settings = {},
): Promise<Invited> {
  const { body: made } = await server.call('POST', '/chat/conversations', {
    token,
    body: { memberIds: others.map((user) => user.id), title: 'The club' },
  });
  const { body } = await server.call('POST', `/chat/conversations/${made.id}/invites`, {
    token,
    body: settings,
  });
  return { id: made.id, inviteId: body.id, path: `/i/${body.token}` };
}

it('leads somebody who is signed out through the log-in into the conversation', async ({
  server,
  owner,
  member,
  stranger,
  show,
  openProfile,
}) => {
  const id = await server.createConversation(owner, [member]);
  const page = await show(owner, `/c/${id}/details`);
  await page.getByRole('button', { name: 'Invite links' }).click();
  await page.getByText('There is no open invite.').waitFor();
  await page.getByLabel('Valid for').selectOption('1 day');
  await page.getByLabel('How many can join').selectOption('10');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('The link').inputValue();
  expect(link).toMatch(new RegExp(`^${server.url}/i/[\\w-]{20,}$`));
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied.').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const eve = await (await openProfile({ locale: 'en' })).newPage();
  await eve.goto(link);
  await eve.getByLabel('E-mail').fill(stranger.email);
  await eve.getByLabel('Password').fill('correct horse battery');
  await eve.keyboard.press('Enter');
  await eve.getByText('2 members').waitFor();
  await eve.getByRole('button', { name: 'Join' }).click();
  await eve.getByRole('textbox', { name: 'Message' }).waitFor();
  await expect.poll(() => eve.url()).toBe(`${server.url}/c/${id}`);

  // The link is shown once; the invite is in the list, and can be revoked.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Invite links' }).click();
  await page.getByText('1 of 10 have joined').waitFor();
  expect(await page.getByLabel('The link').count()).toBe(0);
  await page.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByText('There is no open invite.').waitFor();
});

it('says that one is a member already, and opens the conversation', async ({ server, owner, show }) => {
  const { id, path } = await invite(server, owner);
  const page = await show(owner, path);
  await page.getByText('You are a member already of').waitFor();
  await page.getByRole('heading', { name: 'The club' }).waitFor();
  await page.getByRole('button', { name: 'Open' }).click();
  await page.waitForURL(`${server.url}/c/${id}`);
});

it('says that an unknown and a revoked invite lead nowhere', async ({
  server,
  owner,
  stranger,
  show,
  pageErrors,
}) => {
  const { id, inviteId, path } = await invite(server, owner);
  const page = await show(stranger, path);
  await page.getByRole('button', { name: 'Join' }).waitFor();
  await server.call('DELETE', `/chat/conversations/${id}/invites/${inviteId}`, { token: owner.token });
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('This invite leads nowhere any more.').waitFor();
  for (const place of [path, '/i/unknown']) {
    await page.goto(server.url + place);
    await page.getByText('This invite leads nowhere: it has expired').waitFor();
  }
  await page.getByRole('link', { name: 'To the conversations' }).last().click();
  await page.waitForURL(`${server.url}/`);
  expect(pageErrors.splice(0)).toHaveLength(3);
});

it('says to a banned person that they cannot come in, in French', async ({
  server,
  owner,
  member,
  openAs,
  pageErrors,
}) => {
  const { id, path } = await invite(server, owner, [member]);
  const bans = `/chat/conversations/${id}/bans/${member.id}`;
  await server.call('PUT', bans, { token: owner.token, body: {} });
  const page = await openAs(member, path, { locale: 'fr' });
  await page.getByText('Une personne exclue ne peut pas entrer.').waitFor();
  await page.getByRole('link', { name: 'Aller aux conversations' }).waitFor();
  expect(pageErrors.splice(0)).toEqual([expect.stringContaining('403')]);
});

it('that is used up while one looks at it lets nobody in', async ({
  server,
  owner,
  member,
  stranger,
  show,
  pageErrors,
}) => {
  const { path } = await invite(server, owner, [], { maxUses: 1 });
  const page = await show(stranger, path);
  await page.getByRole('button', { name: 'Join' }).waitFor();
  await server.call('POST', `/chat/invites/${path.slice(3)}/join`, { token: member.token });
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('This invite leads nowhere any more.').waitFor();
  expect(pageErrors.splice(0)).toEqual([expect.stringContaining('404')]);
});
