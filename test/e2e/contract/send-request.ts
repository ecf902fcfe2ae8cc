import type { AppConfig } from '../../../src/arch/common/infrastructure/config/app-config.js';
import type { NamedOperation } from './api-document.js';
import type { RealAnswer } from './check-answer.js';
import type { DocumentRequest } from './document-requests.js';
import { type Context, signToken } from './operation-context.js';
import { UNKNOWN_ID } from '../http/support.js';

/** A request of any operation, as it is sent. */
interface WholeRequest extends DocumentRequest {
  /** Bytes and their content type, instead of a JSON body. */
  readonly raw?: { readonly type: string; readonly bytes: string };
  readonly anonymous?: boolean;
}

function takesToken({ security = [] }: NamedOperation): boolean {
  return security.some((scheme) => 'bearer' in scheme);
}

export async function send(
  url: string,
  operation: NamedOperation,
  { token: mine }: Context,
  request: WholeRequest,
): Promise<RealAnswer> {
  for (const before of request.after ?? []) await send(url, operation, { token: mine } as Context, before);
  const {
    id = '',
    member = '',
    message = UNKNOWN_ID,
    query = '',
    body,
    raw,
    headers,
    token = mine,
    anonymous = !takesToken(operation),
  } = request;
  const isForm = body instanceof FormData;
  const type = raw?.type ?? (body === undefined || isForm ? undefined : 'application/json');
  const content = raw?.bytes ?? (isForm ? body : body && JSON.stringify(body));
  const response = await fetch(
    url +
      operation.path
        .replace(/\{\w+\}/, id)
        .replace(/\{(?:userId|inviteId)\}/, member)
        .replace('{messageId}', message)
        .replace('{emoji}', '👍') +
      query,
    {
      method: operation.method,
      headers: {
        ...headers,
        ...(anonymous ? {} : { authorization: `Bearer ${token}` }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(content === undefined ? {} : { body: content }),
    },
  );
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The faults that a request of any operation can have, created from a valid one. */
export async function spoiled(
  operation: NamedOperation,
  good: DocumentRequest,
  config: AppConfig,
  revokedToken: string,
): Promise<WholeRequest[]> {
  const past = Math.floor(Date.now() / 1_000) - 60;
  const { parameters = [], requestBody } = operation;
  const asks = (place: string) => parameters.some((parameter) => parameter.in === place);
  return [
    ...(takesToken(operation)
      ? [
          { ...good, anonymous: true },
          { ...good, token: 'x.y.z' },
          { ...good, token: await signToken(config, { iat: past - 1, exp: past }) },
          { ...good, token: revokedToken },
          { ...good, token: await signToken(config, { permissions: [] }) },
        ]
      : []),
    // A body for an operation without one is refused as well, but its documentation does not mention that.
    ...(!requestBody
      ? []
      : [
          { ...good, raw: { type: 'application/json', bytes: '{' } },
          { ...good, raw: { type: 'application/json', bytes: `"${'x'.repeat(102_400)}"` } },
          { ...good, raw: { type: 'text/plain', bytes: 'x' } },
        ]),
    ...(asks('path') ? ['malformed', '%zz'].map((id) => ({ ...good, id })) : []),
    ...(asks('query') ? [{ ...good, query: '?nonsense=1' }] : []),
    ...(requestBody?.content['application/json'] ? [{ ...good, body: { nonsense: true } }] : []),
  ];
}
