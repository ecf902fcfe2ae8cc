import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import { run } from './run.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The ids of the user `nobody`, which differ between systems. */
export async function lookUpNobody(): Promise<Owner> {
  const [user, group] = await Promise.all([run(['id', '-u', 'nobody']), run(['id', '-g', 'nobody'])]);
  if (user.failed || group.failed) {
    throw new EmbeddedPostgresError(
      'user',
      'PostgreSQL does not run as root, and there is no user "nobody" to run it: start as an ordinary user',
    );
  }
  return { uid: Number(user.stdout), gid: Number(group.stdout) };
}
