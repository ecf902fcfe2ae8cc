import { expect, it } from 'vitest';
import { createClient } from '../src/client.ts';
import { memoryStorage } from '../src/defaults/memory-storage.ts';
import type { KeyValueStorage } from '../src/ports.ts';
import { createTestServer } from '../src/testing/public-api.ts';

it('a closed client watches no storage, and sets no timer', async () => {
  const server = createTestServer();
  const [ada, bob] = [server.user('Ada'), server.user('Bob')];
  const id = server.conversation(ada, bob);
  const watchers = new Set<(key: string | null) => void>();
  const timers = new Set<() => void>();
  const storage: KeyValueStorage = {
    ...memoryStorage(),
    watch(onChange) {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
  const clock = {
    now: () => server.clock.now(),
    wallTime: () => server.clock.wallTime(),
    setTimer(delayMs: number, run: () => void) {
      const end = server.clock.setTimer(delayMs, () => (timers.delete(end), run()));
      timers.add(end);
      return () => (timers.delete(end), end());
    },
  };
  const client = createClient({ url: server.url, clock, storage, transport: server.transport() });
  await client.session.adopt(ada.tokens);
  client.connect();
  await server.clock.idle();
  await client.conversation(id).timeline.open();
  client.conversation(id).setDraft('half a sent');
  client.conversation(id).send('Hello!');
  const told = [...watchers];
  expect([told.length > 0, timers.size > 0]).toEqual([true, true]);

  await client.close();
  expect([watchers.size, timers.size]).toEqual([0, 0]);
  // What another tab writes at this moment may still be told.
  for (const onChange of told) onChange(null);
  server.say(bob, id, 'Hello, Ada!');
  await server.clock.idle();
  expect([watchers.size, timers.size]).toEqual([0, 0]);
});
