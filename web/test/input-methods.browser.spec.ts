import { expect } from 'vitest';
import { composer, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

it('nothing is sent by the keys of an input method', async ({ server, owner, openAs }) => {
  const id = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${id}`);
  await composer(page).focus();
  const devtools = await page.context().newCDPSession(page);
  const compose = (text: string): Promise<unknown> =>
    devtools.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  await compose('かんじ');
  // While one composes; Safari's key after the end of a composition; and the key in the moment of its end, of which a busy page
  // hears later.
  await composer(page).evaluate((field) => {
    // It is called in the page.
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const enter = (keyCode: number, isComposing = false): KeyboardEvent =>
      new KeyboardEvent('keydown', { key: 'Enter', keyCode, isComposing, bubbles: true, cancelable: true });
    const press = (...key: Parameters<typeof enter>): boolean => field.dispatchEvent(enter(...key));
    const notDone = [press(13, true), press(229)];
    let key = enter(13);
    const pressed = (): KeyboardEvent => (key = enter(13));
    addEventListener('compositionend', pressed, { once: true, capture: true });
    addEventListener(
      'compositionend',
      () => {
        for (const end = performance.now() + 100; performance.now() < end;);
        notDone.push(field.dispatchEvent(key));
        Object.assign(globalThis, { notDone });
      },
      { once: true },
    );
  });
  await devtools.send('Input.insertText', { text: '漢字' });
  await page.waitForFunction(() => 'notDone' in globalThis);
  expect(await page.evaluate(() => (globalThis as unknown as { notDone: boolean[] }).notDone)).toEqual([
    true,
    true,
    true,
  ]);
  expect(await composer(page).inputValue()).toBe('漢字');
  // A moment later the key is one again.
  const end = await page.evaluate(() => performance.now());
  await page.waitForFunction((since) => performance.now() - since > 50, end);
  await page.keyboard.press('Enter');
  await row(page, '漢字').waitFor();
  expect(await page.getByRole('article').count()).toBe(1);
});
