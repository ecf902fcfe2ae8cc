import { Reflector } from '@nestjs/core';

/**
 * A route that only reads, although its method is POST: what is read is named in the body. Given is how many requests it
 * counts as, from the body as it was sent.
 */
export const ReadsByBody = Reflector.createDecorator<(body: unknown) => number>();
