import { expect } from 'vitest';
import { composer, row } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

it('a megabyte that is pasted is kept and refused, and the page stays alive', async ({
  server,
  owner,
  openAs,
}) => {
  const id = await server.createConversation(owner);
  const page = await openAs(owner, `/c/${id}`);
  await composer(page).waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metric = async (wanted: string): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === wanted)?.value ?? 0;
  };
  const before = await metric('ScriptDuration');
  await composer(page).evaluate(async (field) => {
    (field as HTMLTextAreaElement).focus();
    document.execCommand('insertText', false, 'lorem ipsum '.repeat(87_382));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  });
  // The rest is what the browser needs to break a million characters into lines, in whatever field.
  expect((await metric('ScriptDuration')) - before).toBeLessThan(2);
  await page.getByText('1,044,584 characters too many').waitFor();
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  const size = await composer(page).evaluate((field) => (field as HTMLTextAreaElement).value.length);
  expect(size).toBe(1_048_584);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Short');
  await page.keyboard.press('Enter');
  await row(page, 'Short').waitFor();
});
