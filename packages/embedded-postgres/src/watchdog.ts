/**
 * Used where the kernel cannot notify the server of this process's end: a shell waits at the other end of a pipe. A
 * line means that the server has ended, the end of the pipe that this process has, for whatever reason: then it sends
 * SIGINT. `$$` is the shell that becomes the server; the waiting one is detached, because PostgreSQL would not expect
 * such a child.
 */
const SCRIPT = 'exec 3<&0 </dev/null; ({ read -r _ <&3 || kill -INT $$; } >/dev/null 2>&1 &); exec "$@" 3<&-';

export const WATCHDOG_PREFIX: readonly string[] = ['/bin/sh', '-c', SCRIPT, 'sh'];

/** Written to the pipe once the server has ended. */
export const WATCHDOG_DISMISSAL = 'ended\n';
