import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { FuzzAccount } from './resident.ts';

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Sends a request on a connection that is closed afterwards, because open connections are counted. */
async function callApi(url: string, token: string | undefined, body?: object): Promise<unknown> {
  const sent = request(url, {
    agent: false,
    method: body ? 'POST' : 'GET',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
  });
  sent.end(body && JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const answer: unknown = await json(response);
  if ((response.statusCode ?? 0) >= 300) throw new Error(`${url}: ${JSON.stringify(answer)}`);
  return answer;
}

export async function signUp(url: string): Promise<FuzzAccount> {
  const body = { email: `${randomUUID()}@fuzz.example`, password: randomUUID(), displayName: 'Somebody' };
  const { user, accessToken } = (await callApi(`${url}/auth/signup`, undefined, body)) as {
    user: { id: string };
    accessToken: string;
  };
  return { id: user.id, token: accessToken };
}

/** @returns the id of the conversation */
export async function createConversation(
  url: string,
  token: string,
  memberIds: readonly string[],
): Promise<string> {
  const created = await callApi(`${url}/chat/conversations`, token, { memberIds });
  return (created as { id: string }).id;
}

/** @returns all routes of the server's API document, such as `get /chat/conversations/{id}` */
export async function routesOf(url: string): Promise<string[]> {
  const { paths } = (await callApi(`${url}/api/docs-json`, undefined)) as ApiDocument;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
}
