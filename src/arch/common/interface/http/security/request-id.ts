import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

type Headed = Pick<IncomingMessage, 'headers'>;

/** Characters of an id that a caller gives. */
const REQUEST_ID_MAX = 64;
const SANE = new RegExp(String.raw`^[\x20-\x7e]{1,${REQUEST_ID_MAX}}$`);

const ids = new WeakMap<Headed, string>();

/** The caller's own id when it is a sane one; the same however often it is asked for. */
export function requestId(request: Headed): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && SANE.test(given) ? given : randomUUID();
  ids.set(request, id);
  return id;
}
