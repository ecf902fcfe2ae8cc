import type { Options } from '@node-rs/argon2';

/**
 * OWASP Password Storage Cheat Sheet: argon2id (the library's default) with 19 MiB (in KiB here), two
 * passes, one lane.
 */
export const ARGON2_OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
