import type { Owner } from './owner.ts';

/** How programs of PostgreSQL are started here: it refuses to run as root, and must not outlive us. */
export interface LaunchWay {
  /** The words before the program. */
  readonly prefix: readonly string[];
  /** Who has to own PostgreSQL's folders, where that is not the user of this process. */
  readonly owner?: Owner;
  /** Whether the server needs a watchdog process, because no prefix ties its life to ours. */
  readonly watchdog: boolean;
}
