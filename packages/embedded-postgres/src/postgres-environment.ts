/**
 * The environment of every program started here. It is built from nothing, so that no `PG*` or locale variable of the
 * user changes PostgreSQL's behaviour; `C` keeps its messages in English, which this package parses.
 */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TZ } = process.env;
  return { LANG: 'C', LC_ALL: 'C', ...(PATH && { PATH }), ...(TZ && { TZ }) };
}
