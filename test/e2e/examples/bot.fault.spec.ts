import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { endExamples, example, next } from './example.js';

const it = apiTest.extend('prefix', 'bot-').extend('folder', ({ prefix }, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  onCleanup(() => rmSync(folder, { recursive: true }));
  return folder;
});

it.afterEach(endExamples);

/** How often the bot is killed. */
const ROUNDS = 6;

it('the bot answers each message once, although it is killed again and again', async ({
  server,
  connect,
  owner,
  member,
  folder,
}) => {
  const id = await server.createConversation(owner, [member]);
  const path = `/chat/conversations/${id}/messages`;
  const say = (content: string) => server.call('POST', path, { token: owner.token, body: { content } });
  const start = () =>
    example('bot.ts', server.url, [join(folder, 'bot.json')], {
      BOT_EMAIL: member.email,
      BOT_PASSWORD: 'correct horse battery',
    });
  /** Resolves when it has printed this. */
  async function untilPrinted({ child, output }: ReturnType<typeof start>, wanted: string): Promise<void> {
    for (let lines = 0; lines < 100; lines += 1) if ((await next(output)) === wanted) return;
    throw new Error(`It ended with ${child.exitCode} before it has printed “${wanted}”.`);
  }

  const adas = await connect(owner);
  await adas.emit('join_room', { conversationId: id });
  const first = start();
  await untilPrinted(first, 'online');
  await say('message 0');
  await untilPrinted(first, 'answered message 0');
  first.child.kill('SIGKILL');
  await first.ended;
  await adas.waitFor('new_message', 2);
  for (let round = 1; round <= ROUNDS; round += 1) {
    await say(`message ${round}`);
    const bot = start();
    // As soon as the answer is stored: before the bot knows, or has noted, that it is.
    await adas.waitFor('new_message', 2 + 2 * round);
    bot.child.kill('SIGKILL');
    await bot.ended;
  }
  await say('and a farewell');
  await untilPrinted(start(), 'answered and a farewell');

  const { body } = await server.call('GET', `${path}?limit=100`, { token: owner.token });
  const answers = (body.data as { content: string; senderId: string }[])
    .filter(({ senderId }) => senderId === member.id)
    .map(({ content }) => content);
  const said = Array.from({ length: ROUNDS + 1 }, (_, round) => `message ${round}`).concat('and a farewell');
  expect(answers.toReversed()).toEqual(said.map((text) => `Ada, you said: ${text}`));
});
