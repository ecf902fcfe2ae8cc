import { EmbeddedDatabaseError } from './embedded-database.error.js';
import { run } from './run.js';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The ids of the user `nobody`, which differ between systems. */
export async function lookUpNobody(): Promise<Owner> {
  const [user, group] = await Promise.all([run(['id', '-u', 'nobody']), run(['id', '-g', 'nobody'])]);
  if (user.failed || group.failed) {
    throw new EmbeddedDatabaseError(
      'PostgreSQL does not run as root, and there is no user "nobody" to run it: start as an ordinary user or set DATABASE_URL',
    );
  }
  return { uid: Number(user.stdout), gid: Number(group.stdout) };
}
