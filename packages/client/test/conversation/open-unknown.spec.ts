import { expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import { createTestServer } from '../../src/testing/public-api.ts';

it.for(['latest', 'unread', 1] as const)(
  'why somebody else’s conversation is not opened is told: %s',
  async (at) => {
    const server = createTestServer();
    const [ada, bob] = [server.user('Ada'), server.user('Bob')];
    const { url, clock } = server;
    const client = createClient({ url, clock, transport: server.transport() });
    await client.session.adopt(ada.tokens);
    client.connect();
    await clock.idle();
    const { timeline } = client.conversation(server.conversation(bob));
    const opening = timeline.open(at).catch(() => undefined);
    await clock.advance(2_000);
    await opening;
    expect(timeline.getSnapshot()).toMatchObject({ items: [], busy: null, error: { status: 403 } });
    await client.close();
  },
);
