/**
 * `PGOPTIONS`, `PGREPLICATION`, `PGSSLNEGOTIATION` and similar variables are meant for another server: the driver would
 * use them for this one, too. `PGDATA` and the rest have no effect here.
 */
export function forgetLibpqVariables(): void {
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
}
