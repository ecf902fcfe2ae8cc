import { Client } from 'pg';
import type { Environment } from './environment.schema.js';
import { singleHosts } from './postgres-url.js';

const LOOPBACK = /^(localhost|127\.[\d.]+|\[?::1\]?)$/i;

/** The variables of connections to other machines without TLS, which anyone on the network path can read and change. */
export function plainConnections(env: Pick<Environment, 'DATABASE_URL' | 'REDIS_URL'>): string[] {
  const { DATABASE_URL, REDIS_URL } = env;
  const plain: string[] = [];
  if (DATABASE_URL !== undefined && singleHosts(DATABASE_URL).some(isPlainPostgres))
    plain.push('DATABASE_URL');
  if (REDIS_URL !== undefined && isPlainRedis(REDIS_URL)) plain.push('REDIS_URL');
  return plain;
}

/** Parsed with the driver itself, `sslmode` and `PGSSLMODE` included; a path is a Unix socket. */
function isPlainPostgres(connectionString: string): boolean {
  const { host, ssl } = new Client({ connectionString });
  return !ssl && !host.startsWith('/') && !LOOPBACK.test(host);
}

function isPlainRedis(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'redis:' && hostname !== '' && !LOOPBACK.test(hostname);
}
