import { DomainError } from './domain.error.js';

export class ExpectationFailedError extends DomainError {
  readonly code = 'EXPECTATION_FAILED';

  constructor() {
    super('The only `Expect` that is understood is 100-continue.');
  }
}
