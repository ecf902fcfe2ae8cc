import { Reflector } from '@nestjs/core';

/** Says why a route or event needs no permission; one without either fails a test. */
export const Public = Reflector.createDecorator<string>();
