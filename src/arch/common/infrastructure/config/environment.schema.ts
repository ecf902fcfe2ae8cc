import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { parseDuration } from './duration.js';

const integer = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be from ${minimum} to ${maximum}`);

const duration = z.string().transform((text, context) => {
  const seconds = parseDuration(text);
  if (seconds !== null) return seconds;
  context.addIssue({ code: 'custom', message: 'must be a duration such as 30s, 15m, 12h or 7d' });
  return z.NEVER;
});

const postgresUrl = z
  .string()
  .refine((url) => /^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? ''), 'must be a postgres:// address');

/** Shared by README-style samples and tutorials; a production server that uses one is open to everybody. */
const SAMPLE_SECRET = /change.?me|secret.?here|your.?secret|example|placeholder|^(.)\1+$/i;
const secret = z
  .string()
  .refine((value) => Buffer.byteLength(value) >= 32, 'must have at least 32 bytes')
  .refine((value) => !SAMPLE_SECRET.test(value), 'must not be a sample value');

/** Every variable the server reads, with its meaning in `.env.example`. Durations come out in seconds. */
export const environmentSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PORT: integer(0, 65_535).default(3000),
    HOST: z.string().min(1).optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    DATA_DIR: z.string().min(1).default('.data'),
    DATABASE_URL: postgresUrl.optional(),
    DATABASE_POOL_SIZE: integer(2, 200).default(() => Math.min(40, Math.max(8, availableParallelism() * 4))),
    JWT_ACCESS_SECRET: secret.optional(),
    JWT_ACCESS_EXPIRATION: duration.default(900),
    JWT_REFRESH_EXPIRATION: duration.default(604_800),
  })
  .superRefine((env, context) => {
    if (env.NODE_ENV !== 'production') return;
    for (const name of ['DATABASE_URL', 'JWT_ACCESS_SECRET'] as const) {
      if (env[name] === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'is required in production' });
      }
    }
  });

export type Environment = z.output<typeof environmentSchema>;
