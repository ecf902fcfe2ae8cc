import { Forbidden } from './kinds.js';

export class OriginNotAllowedError extends Forbidden {
  readonly code = 'ORIGIN_NOT_ALLOWED';

  constructor() {
    super('Pages of this origin may not use this server.');
  }
}
