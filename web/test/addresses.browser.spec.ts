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
    'javascript:alert(1)',
    '/login',
  ]) {
    await page.goto(`${server.url}/login?next=${encodeURIComponent(next)}`);
    await page
      .getByText('Choose a conversation')
      .or(page.getByText('No conversations yet'))
      .first()
      .waitFor();
    expect(page.url()).toBe(`${server.url}/`);
  }
});
