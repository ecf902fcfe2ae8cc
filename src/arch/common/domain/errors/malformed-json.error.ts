import { BadRequest } from './kinds.js';

export class MalformedJsonError extends BadRequest {
  readonly code = 'MALFORMED_JSON';

  constructor() {
    super('The body is not valid JSON in UTF-8.');
  }
}
