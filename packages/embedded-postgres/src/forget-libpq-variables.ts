/**
 * `PGOPTIONS`, `PGREPLICATION`, `PGSSLNEGOTIATION` and their like are meant for another server: the driver would take them
 * for this one, too. `PGDATA` and the rest have no meaning here.
 */
export function forgetLibpqVariables(): void {
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
}
