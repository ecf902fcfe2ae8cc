import { DomainError } from './domain.error.js';

export class RouteNotFoundError extends DomainError {
  readonly code = 'ROUTE_NOT_FOUND';

  constructor(message = 'There is no such route.') {
    super(message);
  }
}
