import { MethodNotAllowed } from './kinds.js';

/** The path exists, but not with this method. */
export class MethodNotAllowedError extends MethodNotAllowed {
  readonly code = 'METHOD_NOT_ALLOWED';

  /** @param allowed the methods that the path has */
  constructor(readonly allowed: readonly string[]) {
    super(`This address takes ${allowed.join(', ')} only.`);
  }
}
