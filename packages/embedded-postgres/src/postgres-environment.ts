/**
 * The environment of every program started here. Built from nothing, so that no `PG*` or locale variable of
 * the user changes what PostgreSQL does; `C` keeps its messages in English, which we read.
 */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TZ } = process.env;
  return { LANG: 'C', LC_ALL: 'C', ...(PATH && { PATH }), ...(TZ && { TZ }) };
}
