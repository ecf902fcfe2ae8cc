import { readFileSync } from 'node:fs';

/** The fault of a PostgreSQL address, without quoting it; undefined when it has none. */
export function faultOfPostgresUrl(url: string): string | undefined {
  if (url.includes('#'))
    return 'has a #, which ends an address: in a password, # is written %23 (and @ %40, / %2F, : %3A, ? %3F, % %25)';
  const single = singleHosts(url);
  return single.every(isPostgresUrl) ? faultOfFiles(url) : 'must be a postgres:// address';
}

/**
 * Splits an address with several hosts into one address for each, by libpq's rules: `postgres://a:1,b:2/db`, or
 * `?host=a,b&port=1,2`. `sslmode` has the driver's meaning: `prefer`, `require` and `verify-ca` check the certificate
 * as `verify-full` does, unless `uselibpqcompat=true` is set.
 */
export function singleHosts(url: string): string[] {
  const [, scheme = '', user = '', hosts = '', path = '', query = ''] = PARTS.exec(url) ?? [];
  if (scheme === '') return [url];
  const parameters = new URLSearchParams(query);
  const named = parameters.get('host')?.split(',');
  const ports = parameters.get('port')?.split(',') ?? [];
  const strict = STRICT.has(parameters.get('sslmode') ?? '') && parameters.get('uselibpqcompat') !== 'true';
  if (strict) parameters.set('sslmode', 'verify-full');
  return (named ?? hosts.split(',')).map((host, index) => {
    const port = ports[index] ?? ports[0];
    if (named) parameters.set('host', host);
    if (port !== undefined) parameters.set('port', port);
    const authority = named ? hosts : host;
    const rest = parameters.size > 0 ? `?${parameters.toString()}` : '';
    return `${scheme}${user}${authority}${path}${rest}`;
  });
}

/** Scheme, user and password, hosts, path, query. */
const PARTS = /^(postgres(?:ql)?:\/\/)([^/?]*@)?([^/?@]*)(\/[^?]*)?(?:\?(.*))?$/;
const STRICT = new Set(['prefer', 'require', 'verify-ca']);
/** Parameters that name a file, which the driver reads when it parses the address. */
const FILES = ['sslrootcert', 'sslcert', 'sslkey'];

function faultOfFiles(url: string): string | undefined {
  const parameters = new URLSearchParams(PARTS.exec(url)?.[5]);
  for (const name of FILES) {
    const file = parameters.get(name);
    try {
      if (file) readFileSync(file);
    } catch (error) {
      return `names in ${name} a file that cannot be read (${(error as NodeJS.ErrnoException).code})`;
    }
  }
  return undefined;
}

/** Without a host, when that is a parameter, the WHATWG parser does not accept an address with a user. */
function isPostgresUrl(url: string): boolean {
  const [, scheme = '', user = '', host = '', path = '', query = ''] = PARTS.exec(url) ?? [];
  const named = host === '' ? `${scheme}${user}host${path}?${query}` : url;
  return /^postgres(ql)?:$/.test(URL.parse(named)?.protocol ?? '');
}
