import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import type { DomainError } from '../../../domain/errors/domain.error.js';
import { OriginNotAllowedError } from '../../../domain/errors/origin-not-allowed.error.js';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import type { HostPolicy } from '../../http/security/host-policy.js';
import type { OriginPolicy } from '../../http/security/origin-policy.js';
import { type Engine, type EngineRequest, engineOf } from './engine-connection.js';
import { refuseBelow } from './refuse-below.js';

/** Our errors by the error numbers of engine.io. */
const REFUSALS = new Map([
  [0, refusal('transport', 'must be polling or websocket')],
  [1, refusal('sid', 'is of no connection of this server: open a new one')],
  [2, refusal('sid', 'is required')],
  [3, refusal('transport', 'is not that of the connection')],
]);

/** Checks requests for a connection, and answers in our error shape those that engine.io itself refuses. */
export function verifyHandshakes(server: Server, checkRequest: HostPolicy, origins: OriginPolicy): void {
  const engine = engineOf(server);
  const verify = engine.verify.bind(engine);
  const check: Engine['verify'] = (request, isUpgrade, proceed) => {
    const decide = (problem?: number): void => {
      const error = problem === undefined ? problemOf(request) : (REFUSALS.get(problem) ?? REFUSALS.get(3));
      if (error) refuseBelow(request, request.res, error);
      else proceed();
    };
    verify(request, isUpgrade, decide);
  };
  // No caller catches errors of this check, nor of the engine's handling of the request afterwards.
  engine.verify = guardListener(check, ({ socket }) => void socket.destroy());

  function problemOf(request: EngineRequest): unknown {
    const { _query: query, headers } = request;
    try {
      checkRequest(request);
    } catch (error) {
      return error;
    }
    if (query.sid) return undefined;
    if (query.EIO !== '4')
      return refusal('EIO', 'must be 4, which socket.io-client speaks from version 3 on');
    return origins.admitsRequest(headers) ? undefined : new OriginNotAllowedError();
  }
}

function refusal(path: string, message: string): DomainError {
  return new ValidationFailedError([{ path, message }]);
}
