import type { Locator, Page } from 'playwright-core';
import type { TestServer, TestUser } from '../../../test/support/test-server.js';

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: /Message/ });

export const row = (page: Page, text: string): Locator => page.getByRole('article').filter({ hasText: text });

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Sends a message without a page; returns its id. */
export async function post(
  server: TestServer,
  { token }: TestUser,
  conversationId: string,
  content: string,
  fields: object = {},
): Promise<string> {
  const path = `/chat/conversations/${conversationId}/messages`;
  const { body } = await server.call('POST', path, { token, body: { content, ...fields } });
  return body.id;
}
