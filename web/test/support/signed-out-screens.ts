import type { Page } from 'playwright-core';
import { loaded, type Screen } from './screen.ts';

const submit = (page: Page): Promise<void> => page.locator('form button[type=submit]').click();

/** All screens of somebody who is not logged in. */
export const SIGNED_OUT_SCREENS: readonly Screen[] = [
  { name: 'login', path: '/login', open: (page) => page.locator('[name=password]').waitFor() },
  {
    name: 'login-refused',
    path: '/login',
    async open(page) {
      await page.locator('[name=email]').fill('nobody@test.example');
      await page.locator('[name=password]').fill('wrong password');
      await submit(page);
      await page.getByText(/(is wrong|incorrect)\.$/).waitFor();
    },
  },
  { name: 'signup', path: '/signup', open: (page) => page.locator('[name=displayName]').waitFor() },
  {
    name: 'signup-refused',
    path: '/signup',
    async open(page) {
      await page.locator('[name=displayName]').fill('Ada');
      await page.locator('[name=email]').fill('ada@test.example');
      await page.locator('[name=password]').fill('password');
      await submit(page);
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
];

/** The screens of somebody who has just signed up, where nothing is yet. */
export const EMPTY_SCREENS: readonly Screen[] = [
  {
    name: 'nothing',
    path: '/',
    open: (page) => page.getByRole('button', { name: /^(Start one|En commencer une)/ }).waitFor(),
  },
  { name: 'no-threads', path: '/threads', open: loaded },
  { name: 'no-mentions', path: '/mentions', open: loaded },
];
