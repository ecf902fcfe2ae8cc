import type { AnswerBody } from './answer-body.js';

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

/** One HTTP request with a JSON body. */
export async function callApi(
  url: string,
  method: string,
  path: string,
  { token, body, headers }: CallOptions = {},
): Promise<ApiAnswer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
