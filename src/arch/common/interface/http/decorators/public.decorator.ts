import { Reflector } from '@nestjs/core';

/** Gives the reason why a route or event needs no permission; a route or event with neither fails a test. */
export const Public = Reflector.createDecorator<string>();
