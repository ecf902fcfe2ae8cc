import { expect } from 'vitest';
import { chatTest as it, expectBreaksOnly, logIn, openGroup, say } from './chat-pages.js';

it.for(['plain-chat', 'react-chat'])(
  'two people talk, one of them reloads with an unsent message, and logs out: %s',
  async (name, { server, proxy, openProfile, openChat, pageErrors }) => {
    const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
    await server.createConversation(ada, [bob]);
    const [adas, bobs] = [
      await openChat(await openProfile(), name),
      await openChat(await openProfile(), name),
    ];
    for (const [page, user] of [
      [adas, ada],
      [bobs, bob],
    ] as const) {
      await logIn(page, user);
      await openGroup(page);
    }
    await say(adas, 'Hello, Bob!');
    await bobs.getByText('Ada: Hello, Bob!').waitFor();
    await say(bobs, 'Hello, Ada!');
    await adas.getByText('Bob: Hello, Ada!').waitFor();
    await adas.getByRole('button', { name: 'Group (0)' }).waitFor();

    expect(pageErrors).toEqual([]);
    proxy.refuse();
    await adas.getByText('offline').waitFor();
    await say(adas, 'Do you hear me?');
    await adas.getByText('Do you hear me? (').waitFor();
    // It is sent only when it is kept.
    await adas.waitForFunction(() => JSON.stringify(localStorage).includes('Do you hear me?'));
    await adas.reload();
    proxy.admit();
    await openGroup(adas);
    await adas.getByText('Ada: Do you hear me?').waitFor();
    await bobs.getByText('Ada: Do you hear me?').waitFor();
    expect(await bobs.getByText('Do you hear me?').count()).toBe(1);

    await adas.getByRole('button', { name: 'Log out' }).click();
    await adas.getByPlaceholder('E-mail').waitFor();
    expect(await adas.getByText('Bob').count()).toBe(0);
    expect(await adas.evaluate(() => JSON.stringify(localStorage))).not.toContain('Token');
    await say(bobs, 'Are you there?');
    await bobs.getByText('Bob: Are you there?').waitFor();
    await logIn(adas, ada);
    await openGroup(adas);
    await adas.getByText('Bob: Are you there?').waitFor();
    expectBreaksOnly(pageErrors);
  },
);
