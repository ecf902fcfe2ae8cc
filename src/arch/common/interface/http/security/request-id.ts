import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

type Headed = Pick<IncomingMessage, 'headers'>;

const ids = new WeakMap<Headed, string>();

/** The caller's own id when it is a sane one; the same however often it is asked for. */
export function requestId(request: Headed): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\x20-\x7e]{1,64}$/.test(given) ? given : randomUUID();
  ids.set(request, id);
  return id;
}
