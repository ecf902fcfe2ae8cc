import { NotFound } from './kinds.js';

export class RouteNotFoundError extends NotFound {
  readonly code = 'ROUTE_NOT_FOUND';

  constructor(message = 'There is no such route.') {
    super(message);
  }
}
