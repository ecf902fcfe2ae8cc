import type { Routes } from '../contract.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { errorOfAnswer } from '../errors/error-of.ts';

/** Maximum milliseconds for an answer, and for one to an upload. */
const ANSWER = 15_000;
const UPLOAD = 60_000;

/** What a request may have, whatever its route. */
interface AnyInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, unknown>>;
}

/** One request. Resolves with the answer, rejects with the error that the server answers, or for want of an answer. */
export async function sendRequest<R extends keyof Routes>(
  { transport, url }: Pick<Ports, 'transport' | 'url'>,
  route: R,
  input: object = {},
  token: string | null = null,
  options: { readonly timeoutMs?: number; readonly keepalive?: boolean } = {},
): Promise<Routes[R]['answer']> {
  const { params = {}, query = {}, body, form } = input as AnyInput;
  const [method = '', path = ''] = route.split(' ');
  const place = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const questions = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
  const answer = await transport.request({
    method,
    url: `${url()}${place}${questions && '?'}${questions}`,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: form ? formOf(form) : JSON.stringify(body),
    timeoutMs: form ? UPLOAD : ANSWER,
    ...options,
  });
  if (answer.status >= 400) throw errorOfAnswer(answer);
  return answer.body;
}

function formOf(fields: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const name in fields) form.append(name, fields[name] as string | Blob);
  return form;
}
