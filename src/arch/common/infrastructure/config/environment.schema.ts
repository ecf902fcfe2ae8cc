import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { parseDuration } from './duration.js';
import { faultOfPostgresUrl } from './postgres-url.js';
import { weaknessOf } from './weak-secret.js';

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

const postgresUrl = z.string().superRefine((url, context) => {
  const message = faultOfPostgresUrl(url);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const redisUrl = z
  .string()
  .refine(
    (url) => /^rediss?:$/.test(URL.parse(url)?.protocol ?? ''),
    'must be a redis:// or rediss:// address',
  )
  .refine(
    (url) => /^\/?\d{0,9}$/.test(URL.parse(url)?.pathname ?? ''),
    'must end with nothing or the number of a database, such as redis://host:6379/0',
  );

const EVERY_ORIGIN = '*';
const isWebOrigin = (text: string) => /^https?:[^*]+$/.test(text) && URL.parse(text)?.origin === text;
/** Origins of pages inside an app or a browser extension. */
const APP_ORIGIN =
  /^(?:capacitor|ionic|tauri|app|chrome-extension|moz-extension|safari-web-extension):\/\/[a-z0-9._-]+(?::\d{1,5})?$/;
/** The origin of pages without one of their own: files, sandboxed frames, some web views. */
const OPAQUE_ORIGIN = 'null';
const isOrigin = (text: string) => isWebOrigin(text) || APP_ORIGIN.test(text) || text === OPAQUE_ORIGIN;

/** Origins in the form in which browsers send them, or `*` alone. */
const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => (list.length === 1 && list[0] === EVERY_ORIGIN) || list.every(isOrigin),
    'must be origins such as https://app.example.com or capacitor://localhost, separated by commas',
  );

/** Origins of pages that may show the web client in a frame; a policy knows no others. */
const ancestors = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every(isWebOrigin),
    'must be origins such as https://app.example.com, separated by commas',
  );

/** Seconds: with four refreshes a minute at most, a few devices behind one address stay below their limit of 60. */
const SHORTEST_ACCESS = 30;
/** Seconds: ten years; a longer value is taken for a typing error. */
const LONGEST_REFRESH = 315_360_000;

/** Default number of connections to PostgreSQL: by core, within bounds. */
const POOL_SIZE = { perCore: 4, least: 8, most: 40 };
const usualPoolSize = () =>
  Math.min(POOL_SIZE.most, Math.max(POOL_SIZE.least, availableParallelism() * POOL_SIZE.perCore));

/** A maximum number of actions within a time; the time depends on the variable. */
const limit = integer(1, 1_000_000_000);

const secret = z.string().superRefine((value, context) => {
  const message = weaknessOf(value);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

/** Every variable that the server reads, explained in `.env.example`. Durations are converted to seconds. */
export const environmentSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PORT: integer(0, 65_535).default(3000),
    HOST: z.string().min(1).optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    DATA_DIR: z.string().min(1).default('.data'),
    DATABASE_URL: postgresUrl.optional(),
    DATABASE_POOL_SIZE: integer(2, 200).default(usualPoolSize),
    DATABASE_PREPARED: flag.default(true),
    JWT_ACCESS_SECRET: secret.optional(),
    JWT_ACCESS_EXPIRATION: duration
      .refine(
        (seconds) => seconds >= SHORTEST_ACCESS,
        'must be at least 30s: clients would do nothing but refresh',
      )
      .default(900),
    JWT_REFRESH_EXPIRATION: duration
      .refine((seconds) => seconds <= LONGEST_REFRESH, 'must be at most 3650d')
      .default(604_800),
    SESSION_MAX_AGE: duration
      .refine((seconds) => seconds >= 3_600 && seconds <= LONGEST_REFRESH, 'must be from 1h to 3650d')
      .default(7_776_000),
    UPLOAD_DIR: z.string().min(1).optional(),
    MAX_FILE_SIZE: integer(1, 1_073_741_824).default(2_097_152),
    REDIS_URL: redisUrl.optional(),
    THROTTLE_GLOBAL_LIMIT: limit.default(120),
    THROTTLE_AUTH_LIMIT: limit.default(5),
    THROTTLE_REFRESH_LIMIT: limit.default(60),
    THROTTLE_UPLOAD_LIMIT: limit.default(10),
    THROTTLE_MEMBERS_LIMIT: limit.default(60),
    THROTTLE_INVITE_LIMIT: limit.default(20),
    THROTTLE_REACTIONS_LIMIT: limit.default(60),
    THROTTLE_FILES_LIMIT: limit.default(2_000),
    THROTTLE_WS_LIMIT: limit.default(20),
    QUOTA_MESSAGES_DAY: limit.default(20_000),
    QUOTA_BYTES_DAY: limit.default(20_971_520),
    MESSAGE_EDIT_WINDOW: integer(0, 1_000_000_000).default(0),
    EDIT_HISTORY: z.enum(['moderators', 'members', 'off']).default('moderators'),
    LIMIT_CONVERSATIONS_HOUR: limit.default(60),
    LIMIT_ADDED_MEMBERS_HOUR: limit.default(500),
    TRUST_PROXY: integer(0, 100).default(0),
    CORS_ORIGINS: origins.default([]),
    SECURITY_LOG_ADDRESSES: z.enum(['full', 'truncated']).default('full'),
    API_DOCS: flag.optional(),
    WEB: z.enum(['on', 'off'], 'must be on or off').default('on'),
    WEB_FRAME_ANCESTORS: ancestors.default([]),
    ALLOW_UNSAFE_DATABASE: flag.default(false),
  })
  .superRefine((env, context) => {
    if (env.JWT_REFRESH_EXPIRATION < env.JWT_ACCESS_EXPIRATION) {
      const message = 'must be at least JWT_ACCESS_EXPIRATION: nobody would ever need it';
      context.addIssue({ code: 'custom', path: ['JWT_REFRESH_EXPIRATION'], message });
    }
    if (env.NODE_ENV !== 'production') return;
    for (const name of ['DATABASE_URL', 'JWT_ACCESS_SECRET'] as const) {
      if (env[name] === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'is required in production' });
      }
    }
    if (env.CORS_ORIGINS.includes(EVERY_ORIGIN)) {
      const message = 'must list origins in production: * would let the pages of every site in';
      context.addIssue({ code: 'custom', path: ['CORS_ORIGINS'], message });
    }
  });

export type Environment = z.output<typeof environmentSchema>;
