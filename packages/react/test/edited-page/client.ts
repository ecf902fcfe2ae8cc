import { createTestServer } from '@causerie/client/testing';
import { createCountedClient } from '../hooks-page/counted-client.ts';

const server = createTestServer();
const counted = createCountedClient(server.url, server.transport());
export const { client } = counted;
await client.session.adopt(server.user('Ada').tokens);
Object.assign(window, { counts: counted.counts });
