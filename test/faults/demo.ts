import { randomUUID } from 'node:crypto';
import { callApi } from '../support/api.js';

export const DEMO_CONVERSATION = '0199d0a2-6c1e-7000-8000-0000000000c1';

interface StoredMessage {
  readonly id: string;
  readonly seq: number;
  readonly content: string;
  readonly clientMessageId: string | null;
}

/** A demo account's access token. */
export async function logIn(url: string, user: 1 | 2 | 3 = 1): Promise<string> {
  const email = `user${user}@example.com`;
  const answer = await callApi(url, 'POST', '/auth/login', { body: { email, password: 'Password123!' } });
  if (answer.status !== 200) throw new Error(`${email} cannot log in: ${answer.body.code}`);
  return answer.body.accessToken;
}

/** A new account with a conversation, for databases without demo data. */
export async function signUp(url: string): Promise<{ token: string; conversationId: string }> {
  const account = {
    email: `${randomUUID()}@test.example`,
    password: 'correct horse',
    displayName: 'Somebody',
  };
  const { accessToken: token } = (await callApi(url, 'POST', '/auth/signup', { body: account })).body;
  return { token, conversationId: await createConversation(url, token) };
}

export async function createConversation(url: string, token: string): Promise<string> {
  const answer = await callApi(url, 'POST', '/chat/conversations', { token, body: { memberIds: [] } });
  if (answer.status !== 201) throw new Error(`no conversation: ${answer.body.code}`);
  return answer.body.id;
}

export function send(url: string, token: string, conversationId: string, body: object) {
  return callApi(url, 'POST', `/chat/conversations/${conversationId}/messages`, { token, body });
}

/** The whole history, oldest first. */
export async function history(url: string, token: string, conversationId: string): Promise<StoredMessage[]> {
  const path = `/chat/conversations/${conversationId}/messages?limit=100`;
  const first = await callApi(url, 'GET', path, { token });
  const pages = Array.from({ length: Math.ceil(first.body.total / 100) }, (_, index) => index + 1);
  const answers = await Promise.all(
    pages.map((page) => callApi(url, 'GET', `${path}&page=${page}`, { token })),
  );
  return answers.flatMap(({ body }) => body.data).toReversed();
}
