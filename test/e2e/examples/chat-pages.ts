import { resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { PER_FILE } from '../../support/api-test.js';
import { browserTest } from '../../support/browser-test.js';
import { serveEditedPage } from '../../support/edited-page.js';
import { FaultProxy } from '../../support/fault-proxy.js';

const FOLDER = resolve(import.meta.dirname, '../../../examples');
/** Of all accounts that a test signs up. */
export const PASSWORD = 'correct horse battery';

/** The test of a spec of the pages of `examples/`, on the real server. */
export const chatTest = browserTest
  .extend('proxy', PER_FILE, async ({ server }, { onCleanup }) => {
    const proxy = await FaultProxy.open(server.url);
    onCleanup(() => proxy.close());
    return proxy;
  })
  /** The pages, served by the development server with its file of settings, on a way to the server that breaks. */
  .extend('site', PER_FILE, async ({ proxy }, { onCleanup }) => {
    vi.stubEnv('CAUSERIE_URL', proxy.url);
    const site = await serveEditedPage(FOLDER, { configFile: resolve(FOLDER, 'vite.config.ts') });
    vi.unstubAllEnvs();
    onCleanup(() => site.close());
    return site;
  })
  /** Opens one of the pages. */
  .extend('openChat', ({ site }) => async (profile: BrowserContext, name: string): Promise<Page> => {
    const page = await profile.newPage();
    await page.goto(`${site.url}${name}/`);
    return page;
  });

/** Fills in the form. */
export async function logIn(page: Page, { email }: { readonly email: string }): Promise<void> {
  await page.getByPlaceholder('E-mail').fill(email);
  await page.getByPlaceholder('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('online', { exact: true }).waitFor();
}

/** Opens the only conversation that is listed. */
export const openGroup = (page: Page): Promise<void> => page.getByRole('button', { name: 'Group' }).click();

/** Writes a message, and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Takes out what the browser reports of connections that break; there must be nothing else. */
export function expectBreaksOnly(pageErrors: string[]): void {
  const others = pageErrors
    .splice(0)
    .filter((error) => !/^(Failed to load|WebSocket connection|WebSocket is already in CLOSING)/.test(error));
  expect(others).toEqual([]);
}
