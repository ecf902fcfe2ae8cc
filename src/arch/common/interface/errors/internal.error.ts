import { Internal } from '../../domain/errors/kinds.js';

/** Stands for whatever was thrown that is none of ours: callers are told nothing else of it. */
export class InternalError extends Internal {
  readonly code = 'INTERNAL';

  constructor() {
    super('Something went wrong on our side.');
  }
}
