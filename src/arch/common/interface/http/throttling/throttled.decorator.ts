import { Reflector } from '@nestjs/core';
import type { Throttler } from '../../../application/throttler-limits.js';

/**
 * An additional throttler of a route besides `global`: `@Throttled('auth')`. A `files` route counts for nothing else;
 * `login` counts for the logins of the address only, because wrong passwords are counted after they have been checked.
 */
export const Throttled = Reflector.createDecorator<Exclude<Throttler, 'global'> | 'login'>();
