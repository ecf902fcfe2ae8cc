import type { Caller, SecurityLogPort } from '../../application/ports/security-log.port.js';
import { DomainError } from '../../domain/errors/domain.error.js';
import type { Principal } from '../../domain/principal.js';

/** What both transports' filters tell the security log: every 429, and every 403 that is about somebody's rights. */
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
  // A member whose socket has not joined may do so: that is an order of events, not a right.
  if (code === 'ROOM_NOT_JOINED') return null;
  if (kind === 'TooManyRequests') return 'limit.hit';
  return kind === 'Forbidden' ? 'authz.denied' : null;
}
