import { expect } from 'vitest';
import { composer, post, row, say } from './support/rows.ts';
import { webTest as it } from './support/web-test.ts';

it('what others say is told once, politely; one’s own, old and changed messages are not', async ({
  server,
  owner,
  member,
  openAs,
}) => {
  const id = await server.createConversation(owner, [member]);
  await post(server, member, id, 'Said before');
  const page = await openAs(owner, `/c/${id}`);
  await row(page, 'Said before').waitFor();
  const log = page.getByRole('log', { name: 'Messages' });
  expect(await log.getAttribute('aria-live')).toBe('off');
  const told = await page.evaluateHandle(() => {
    const texts: string[] = [];
    for (const region of document.querySelectorAll('output'))
      new MutationObserver(() => {
        if (region.textContent) texts.push(region.textContent);
      }).observe(region, { childList: true, subtree: true, characterData: true });
    return texts;
  });
  await composer(page).waitFor();
  await say(page, 'My own');
  await row(page, 'My own').waitFor();
  const first = await post(server, member, id, 'The first');
  await row(page, 'The first').waitFor();
  await server.call('PATCH', `/chat/conversations/${id}/messages/${first}`, {
    token: member.token,
    body: { content: 'The first, changed' },
  });
  await row(page, 'The first, changed').waitFor();
  for (const text of ['2', '3', '4', '5', '6', '7']) await post(server, member, id, text);
  await row(page, '7').first().waitFor();
  await expect.poll(async () => (await told.jsonValue()).join(' ')).toMatch(/new messages|Bob: 7/);
  const texts = await told.jsonValue();
  expect(texts[0]).toBe('Bob: The first');
  expect(texts.join(' ')).not.toMatch(/My own|Said before|changed/);
  expect(new Set(texts).size).toBe(texts.length);
});
