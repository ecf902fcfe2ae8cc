import { Logger } from '@nestjs/common';

const logger = new Logger('Listener');

/**
 * Wraps a listener or a timer's callback, whose errors no caller would catch and which would end the process. A throw
 * or a rejection is logged, and the connection that it came from is closed; all others are unaffected.
 * @param close closes the connection, if there is one; called with the listener's arguments
 */
export function guardListener<This, Args extends unknown[]>(
  listener: (this: This, ...args: Args) => unknown,
  close?: (this: This, ...args: Args) => void,
): (this: This, ...args: Args) => void {
  return function guarded(this: This, ...args: Args): void {
    try {
      const outcome = listener.apply(this, args);
      if (outcome instanceof Promise) outcome.catch((error: unknown) => failed(error, close, this, args));
    } catch (error) {
      failed(error, close, this, args);
    }
  };
}

function failed<This, Args extends unknown[]>(
  error: unknown,
  close: ((this: This, ...args: Args) => void) | undefined,
  self: This,
  args: Args,
): void {
  logger.error({ err: error, msg: 'A listener failed; its connection, if it has one, is closed.' });
  try {
    close?.apply(self, args);
  } catch (closing) {
    logger.error({ err: closing, msg: 'The connection of a failed listener could not be closed.' });
  }
}
