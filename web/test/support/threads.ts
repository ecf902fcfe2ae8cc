import type { TestServer, TestUser } from '../../../test/support/test-server.js';
import { post } from './rows.ts';

/** Writes in the thread of a message, which begins with the first reply; returns its id. */
export async function replyTo(
  server: TestServer,
  user: TestUser,
  [conversationId, messageId]: readonly [conversationId: string, messageId: string],
  ...replies: readonly string[]
): Promise<string> {
  const path = `/chat/conversations/${conversationId}/messages/${messageId}/thread`;
  const { body } = await server.call('PUT', path, { token: user.token });
  for (const reply of replies) await post(server, user, body.id, reply);
  return body.id;
}
