import { expect, onTestFinished } from 'vitest';
import { cleanUp, ServerProcess } from '../../test/faults/server-process.js';
import { urlOf } from '../../test/faults/test-postgres.js';
import { callApi } from '../../test/support/api.js';
import { browserTest as it } from '../../test/support/browser-test.js';
import { freePort } from '../../test/support/free-port.js';
import { TestDatabase } from '../../test/support/test-database.js';
import { composer, row, say } from './support/rows.ts';

it('a server that is killed and started again gets what was sent meanwhile, once, without a hand moved', async ({
  openProfile,
  pageErrors,
}) => {
  const database = await TestDatabase.create();
  onTestFinished(() => database.drop());
  onTestFinished(cleanUp);
  const variables = {
    WEB: 'on',
    PORT: String(await freePort()),
    DATABASE_URL: urlOf(database.connection),
    JWT_ACCESS_SECRET: 'a secret that outlives the process of the server',
  };
  const first = await ServerProcess.start(variables);
  const { url } = first;
  const user = { email: 'ada@test.example', password: 'correct horse battery' };
  const { body } = await callApi(url, 'POST', '/auth/signup', { body: { ...user, displayName: 'Ada' } });
  const token: string = body.accessToken;
  const made = await callApi(url, 'POST', '/chat/conversations', { token, body: { memberIds: [] } });
  const page = await (await openProfile({ locale: 'en' })).newPage();
  await page.goto(`${url}/login?next=/c/${made.body.id}`);
  await page.getByLabel('E-mail', { exact: true }).fill(user.email);
  await page.getByLabel('Password').fill(user.password);
  await page.keyboard.press('Enter');
  await composer(page).waitFor();
  await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
  await say(page, 'Before');
  await page.getByRole('article', { name: 'Being sent' }).waitFor({ state: 'detached' });

  // Some may have reached it, without an answer.
  for (const number of [1, 2, 3]) await say(page, `In flight ${number}`);
  await first.stop('SIGKILL');
  for (const number of [1, 2, 3]) await say(page, `While it is down ${number}`);
  await composer(page).fill('Half a thought');
  await page.getByText('No connection.').waitFor();
  await row(page, 'While it is down 3').getByRole('img', { name: 'Being sent' }).waitFor();

  const second = await ServerProcess.start(variables);
  expect(second.url).toBe(url);
  await page.getByText('No connection.').waitFor({ state: 'hidden' });
  await page.getByRole('img', { name: 'Being sent' }).first().waitFor({ state: 'detached' });
  const expected = [
    'Before',
    ...[1, 2, 3].map((number) => `In flight ${number}`),
    ...[1, 2, 3].map((number) => `While it is down ${number}`),
  ];
  const stored = async (): Promise<string[]> => {
    const answer = await callApi(url, 'GET', `/chat/conversations/${made.body.id}/messages`, { token });
    return (answer.body.data as { content: string }[]).map(({ content }) => content).toReversed();
  };
  await expect.poll(stored).toEqual(expected);
  await expect.poll(() => page.getByRole('article').locator('[dir=auto]').allInnerTexts()).toEqual(expected);
  expect(await composer(page).inputValue()).toBe('Half a thought');
  expect(await page.evaluate(() => 'isSame' in globalThis)).toBe(true);
  await page.close();
  // What has failed is in the console.
  pageErrors.splice(0);
});
