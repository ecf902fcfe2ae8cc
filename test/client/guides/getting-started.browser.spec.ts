import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { PER_FILE } from '../../support/api-test.js';
import { browserTest } from '../../support/browser-test.js';
import { serveEditedPage } from '../../support/edited-page.js';
import { writeBlocks } from './guide-blocks.js';

const it = browserTest
  // As `pnpm start` runs: pages of this machine are admitted.
  .extend('variables', PER_FILE, { NODE_ENV: 'development' })
  .extend('folder', PER_FILE, ({ server }, { onCleanup }) => {
    const { folder, remove } = writeBlocks('docs/client/getting-started.md', (code) =>
      code.replaceAll('http://localhost:3000', server.url),
    );
    onCleanup(remove);
    return folder;
  })
  .extend('site', PER_FILE, async ({ folder }, { onCleanup }) => {
    const site = await serveEditedPage(folder, { configFile: false });
    onCleanup(() => site.close());
    return site;
  });

it.beforeAll(async ({ server }) => {
  await seedDemoData(server.database.connection);
});

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText(`User One: ${text}`, { exact: true }).waitFor();
}

it('the program in Node prints the conversation with its own message', async ({ folder }) => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['hello.mjs'], { cwd: folder });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n').at(-1)).toBe('User One: Hello from Node!');
});

it('the pages show what is sent, in every window and after a reload', async ({ openProfile, site }) => {
  const profile = await openProfile();
  const [plain, react] = [await profile.newPage(), await (await openProfile()).newPage()];
  await plain.goto(site.url);
  await react.goto(`${site.url}react.html`);
  await react.getByRole('button', { name: 'Log in' }).click();
  await say(plain, 'Hello from a page!');
  await say(react, 'Hello from React!');
  await react.getByText('User One: Hello from a page!').waitFor();
  await plain.getByText('User One: Hello from React!').waitFor();
  for (const page of [plain, react]) {
    await page.reload();
    await page.getByText('User One: Hello from React!').waitFor();
    expect(await page.getByText('User One: Hello from a page!').count()).toBe(1);
  }
});
