import type { Algorithm, Options } from '@node-rs/argon2';

const ARGON2ID: Algorithm.Argon2id = 2;

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB (in KiB here), two passes, one lane. */
export const ARGON2_OPTIONS: Options = {
  algorithm: ARGON2ID,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};
