import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

type Headed = Pick<IncomingMessage, 'headers'>;

/** Maximum characters of a caller's request id. */
const REQUEST_ID_MAX = 64;
const SANE = new RegExp(String.raw`^[\x20-\x7e]{1,${REQUEST_ID_MAX}}$`);

const ids = new WeakMap<Headed, string>();

/** The caller's own id if it is well-formed, otherwise a generated one; the same for each call. */
export function requestId(request: Headed): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && SANE.test(given) ? given : randomUUID();
  ids.set(request, id);
  return id;
}
