/**
 * Where the kernel cannot tell the server that we are gone: a shell that waits at the other end of our
 * pipe. A line means that the server has ended, the end of the pipe that we have, however: then it sends
 * SIGINT. `$$` is the shell that becomes the server; the waiting one is nobody's child, or PostgreSQL
 * would wonder about it.
 */
const SCRIPT = 'exec 3<&0 </dev/null; ({ read -r _ <&3 || kill -INT $$; } >/dev/null 2>&1 &); exec "$@" 3<&-';

export const WATCHDOG_PREFIX: readonly string[] = ['/bin/sh', '-c', SCRIPT, 'sh'];

/** What to write to the pipe once the server has ended. */
export const WATCHDOG_DISMISSAL = 'ended\n';
