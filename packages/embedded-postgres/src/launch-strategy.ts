import type { Owner } from './owner.ts';

/** How to start programs of PostgreSQL: it refuses to run as root, and must not outlive this process. */
export interface LaunchStrategy {
  /** The command before the program. */
  readonly prefix: readonly string[];
  /** The required owner of PostgreSQL's folders, if it is not the user of this process. */
  readonly owner?: Owner;
  /** Whether the server needs a watchdog process, because no prefix ends it together with this process. */
  readonly watchdog: boolean;
}
