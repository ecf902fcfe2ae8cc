import { ServerResponse } from 'node:http';
import type { Server } from 'socket.io';
import type { DomainError } from '../../../domain/errors/domain.error.js';
import { MethodNotAllowedError } from '../../../domain/errors/method-not-allowed.error.js';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import type { EngineRequest } from './engine-connection.js';
import { refuseBelow } from './refuse-below.js';

/**
 * Refuses requests that engine.io would serve or answer with 500: JSONP, which runs in any page, and unknown methods.
 */
export function refusePolling({ engine }: Server): void {
  engine.use((request: EngineRequest, response: object, next: () => void) => {
    const error = response instanceof ServerResponse ? problemOf(request) : undefined;
    if (error) refuseBelow(request, response, error);
    else next();
  });
}

function problemOf({ method, _query: query }: EngineRequest): DomainError | undefined {
  if (method !== 'GET' && method !== 'POST') return new MethodNotAllowedError(['GET', 'POST']);
  if (query.j === undefined) return undefined;
  return new ValidationFailedError([{ path: 'j', message: 'JSONP is not supported' }]);
}
