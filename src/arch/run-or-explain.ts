import { StartupError } from './common/infrastructure/config/startup.error.js';
import { EmbeddedDatabaseError } from './common/infrastructure/database/embedded/embedded-database.error.js';

/**
 * Runs a command; a failure that its user can correct is printed as one line, any other one as a stack, and both have
 * status 1.
 */
export async function runOrExplain(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

const LISTEN_PROBLEMS = new Map([
  [
    'EADDRINUSE',
    'PORT {port} is taken: another program listens on {address}. Stop it, or set PORT to a free one; 0 takes any.',
  ],
  ['EACCES', 'PORT {port} may not be used by this user. Ports below 1024 often need more rights.'],
  ['EADDRNOTAVAIL', 'HOST is not an address of this machine.'],
  ['EAFNOSUPPORT', 'HOST is of an IP version that this machine does not have.'],
  ['EINVAL', 'HOST is an address that is good on one interface only: name it, as in fe80::1%eth0.'],
  ['ENOTFOUND', 'HOST is a name of no address.'],
  ['EAI_AGAIN', 'HOST is a name whose address cannot be found now: no name server answers.'],
]);

interface ListenError extends NodeJS.ErrnoException {
  readonly port?: number;
  readonly address?: string;
}

function explain(error: unknown): string {
  if (error instanceof StartupError || error instanceof EmbeddedDatabaseError) return error.message;
  const { code = '', syscall, stack, port, address } = error as ListenError;
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return fill(LISTEN_PROBLEMS.get(code) ?? `HOST cannot be listened on: ${code}.`, { port, address });
  return stack ?? String(error);
}

function fill(text: string, values: Readonly<Record<string, string | number | undefined>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
