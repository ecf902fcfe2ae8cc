import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import { firstLine, run } from './run.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, such as `18`: a database folder belongs to one major version. */
  readonly major: number;
}

/**
 * The binaries of the package `@embedded-postgres/…` for this system.
 * @param from the file, or its URL, from which the package is resolved
 * @throws EmbeddedPostgresError when there are none for this machine, or they do not run on it
 */
export async function findPostgresBinaries(from: string): Promise<PostgresBinaries> {
  const folder = join(binariesPackage(from), 'native', 'bin');
  const postgres = join(folder, 'postgres');
  const version = await run([postgres, '--version']);
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(version.stdout)?.[1]);
  if (version.failed || !Number.isInteger(major)) {
    const reason = firstLine(version.stderr) || 'no version';
    throw new EmbeddedPostgresError(
      'machine',
      `The embedded PostgreSQL does not run on this machine (${reason})`,
    );
  }
  return { initdb: join(folder, 'initdb'), postgres, major };
}

function binariesPackage(from: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(from).resolve(name)));
  } catch {
    throw new EmbeddedPostgresError(
      'machine',
      `There is no embedded PostgreSQL for this machine (package ${name} is not installed)`,
    );
  }
}
