import { DomainError, type ErrorDetail } from './domain.error.js';

/** Something this server stands on does not answer; the same request may succeed in a moment. */
export class UnavailableError extends DomainError {
  readonly code = 'UNAVAILABLE';

  constructor(details: readonly ErrorDetail[] = []) {
    super('The service cannot answer right now; try again in a moment.', details);
  }
}
