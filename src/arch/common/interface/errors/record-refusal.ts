import type { Caller, SecurityLogPort } from '../../application/ports/security-log.port.js';
import { DomainError } from '../../domain/errors/domain.error.js';
import type { Principal } from '../../domain/principal.js';

/** Records security events for both transports' filters: every 429, and every 403 that is about permissions. */
export function recordRefusal(
  log: SecurityLogPort,
  error: unknown,
  caller: Caller,
  principal: Principal | undefined,
): void {
  const event = error instanceof DomainError && eventOf(error);
  if (event)
    log.recordEvent({ event, code: error.code, userId: principal?.sub, sessionId: principal?.sid }, caller);
}

function eventOf({ kind, code }: DomainError): 'limit.hit' | 'authz.denied' | null {
  // A member whose socket has not joined lacks no permission: it has only sent events in the wrong order.
  if (code === 'ROOM_NOT_JOINED') return null;
  if (kind === 'TooManyRequests') return 'limit.hit';
  return kind === 'Forbidden' ? 'authz.denied' : null;
}
