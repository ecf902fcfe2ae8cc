import { expect } from 'vitest';
import { apiTest } from '../../../../test/support/api-test.ts';
import { FaultProxy } from '../../../../test/support/fault-proxy.ts';
import { realClient } from '../support/real-client.ts';

const it = apiTest;

it('a socket whose other end is silent is replaced, and sending goes on', async ({ server }) => {
  const proxy = await FaultProxy.open(server.url);
  const client = realClient(proxy.url);
  await client.session.signup({
    email: 'half-open@client.example',
    password: 'correct horse battery',
    displayName: 'Ada',
  });
  client.link.connect();
  await client.until('online');
  proxy.swallow();
  const connecting = client.until('connecting');
  await expect(client.link.emit('join_all', {})).rejects.toMatchObject({ code: 'TIMEOUT' });
  await connecting;
  proxy.flow();
  await client.until('online');
  expect(await client.link.emit('join_all', {})).toMatchObject({ conversations: [] });
  await client.link.close();
  await proxy.close();
});
