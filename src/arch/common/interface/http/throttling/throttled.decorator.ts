import { Reflector } from '@nestjs/core';

/** Adds a throttler to `global`, which is on every route: `@Throttled('auth')`. */
export const Throttled = Reflector.createDecorator<'auth' | 'refresh' | 'upload'>();
