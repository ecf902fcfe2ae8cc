import { StartupError } from './common/infrastructure/config/startup.error.js';
import { EmbeddedDatabaseError } from './common/infrastructure/database/embedded/embedded-database.error.js';

/** Runs a command; a failure that its user can mend is one line, any other one a stack, and both are status 1. */
export async function runOrExplain(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

const LISTEN_PROBLEMS = new Map([
  ['EADDRINUSE', 'PORT is taken: another program listens there. Stop it, or set PORT to a free one.'],
  ['EACCES', 'PORT may not be used by this user. Ports below 1024 often need more rights.'],
  ['EADDRNOTAVAIL', 'HOST is not an address of this machine.'],
  ['EAFNOSUPPORT', 'HOST is of an IP version that this machine does not have.'],
  ['EINVAL', 'HOST is an address that is good on one interface only: name it, as in fe80::1%eth0.'],
  ['ENOTFOUND', 'HOST is a name of no address.'],
  ['EAI_AGAIN', 'HOST is a name whose address cannot be found now: no name server answers.'],
]);

function explain(error: unknown): string {
  if (error instanceof StartupError || error instanceof EmbeddedDatabaseError) return error.message;
  const { code = '', syscall, stack } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return LISTEN_PROBLEMS.get(code) ?? `HOST cannot be listened on: ${code}.`;
  return stack ?? String(error);
}
