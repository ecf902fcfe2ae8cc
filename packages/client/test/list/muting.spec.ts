import { expect, it as test } from 'vitest';
import { createClient } from '../../src/client.ts';
import { createTestServer } from '../../src/testing/public-api.ts';

const DAY = 24 * 3_600_000;

/** Ada has an unread message of Bob, in a conversation that she can mute. */
const it = test
  .extend('server', () => createTestServer())
  .extend('stage', async ({ server }, { onCleanup }) => {
    const { url, clock } = server;
    const [ada, bob] = [server.user('Ada'), server.user('Bob')];
    const id = server.conversation(ada, bob);
    server.say(bob, id, 'Hello!');
    const client = createClient({ url, clock, transport: server.transport() });
    onCleanup(() => client.close());
    await client.session.adopt(ada.tokens);
    client.connect();
    await client.conversations.load();
    const seen: number[] = [];
    client.totals.subscribe(() => seen.push(client.totals.getSnapshot().messages));
    const mutedUntil = (): string | null | undefined =>
      client.conversation(id).summary.getSnapshot()?.details.me.mutedUntil;
    async function mute(ms: number): Promise<string> {
      const until = new Date(clock.wallTime() + ms).toISOString();
      ada.call('PATCH /chat/conversations/:id/me', { params: { id }, body: { mutedUntil: until } });
      await clock.idle();
      return until;
    }
    return { clock, client, seen, mutedUntil, mute };
  });

it('ends by itself: the conversation counts again', async ({ stage }) => {
  const { clock, seen, mutedUntil, mute } = stage;
  const until = await mute(DAY);
  expect(mutedUntil()).toBe(until);
  await clock.advance(DAY - 1);
  expect(seen).toEqual([0]);
  await clock.advance(1);
  expect(seen).toEqual([0, 1]);
  expect(mutedUntil()).toBeUndefined();
});

it('ends later when it is made longer', async ({ stage }) => {
  const { clock, seen, mute } = stage;
  await mute(DAY);
  await mute(2 * DAY);
  await clock.advance(2 * DAY - 1);
  expect(seen).toEqual([0]);
  await clock.advance(1);
  expect(seen).toEqual([0, 1]);
});

it('ends also when that is further away than timers can wait', async ({ stage }) => {
  const { clock, client, seen, mute } = stage;
  const delays: number[] = [];
  const setTimer = clock.setTimer.bind(clock);
  clock.setTimer = (delayMs, run) => {
    delays.push(delayMs);
    return setTimer(delayMs, run);
  };
  await mute(40 * DAY);
  client.totals.getSnapshot();
  expect(Math.max(...delays)).toBe(2 ** 31 - 1);
  expect(seen).toEqual([0]);
});
