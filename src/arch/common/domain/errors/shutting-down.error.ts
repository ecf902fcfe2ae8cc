import { Unavailable } from './kinds.js';

export class ShuttingDownError extends Unavailable {
  readonly code = 'SHUTTING_DOWN';

  constructor() {
    super('The server is shutting down; try again in a moment.');
  }
}
