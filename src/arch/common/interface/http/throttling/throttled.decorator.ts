import { Reflector } from '@nestjs/core';
import type { Throttler } from '../../../application/throttler-limits.js';

/**
 * What a route counts for besides `global`: `@Throttled('auth')`. `files` counts for nothing else; `login` for the
 * logins of the address only, since its wrong passwords are counted where they are known to be wrong.
 */
export const Throttled = Reflector.createDecorator<Exclude<Throttler, 'global'> | 'login'>();
