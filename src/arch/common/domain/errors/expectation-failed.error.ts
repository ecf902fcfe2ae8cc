import { ExpectationFailed } from './kinds.js';

export class ExpectationFailedError extends ExpectationFailed {
  readonly code = 'EXPECTATION_FAILED';

  constructor() {
    super('The only `Expect` that is understood is 100-continue.');
  }
}
