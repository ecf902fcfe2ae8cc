import { availableParallelism, loadavg } from 'node:os';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** One real PostgreSQL for the whole run, whatever the number of projects that ask for it. */
const SERVERS = ['test/support/global-setup.ts'];
/** Whatever their sockets receive and emit is described by the document of the socket. */
const FRAMES = ['test/support/strange-frames.setup.ts'];

/** How many times as long everything takes as on a quiet machine, by what the machine was doing when the run began. */
const BUSYNESS = Math.min(20, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));
/** A test or a hook that takes longer hangs: three times what the slowest of its tier takes on two quiet cores. */
const hangsAfter = (seconds: number) => ({
  testTimeout: seconds * 1_000 * BUSYNESS,
  hookTimeout: seconds * 1_000 * BUSYNESS,
});

/** The specs of one suffix. */
function tier(
  name: string,
  seconds: number,
  needs: { globalSetup: string[]; setupFiles?: string[] },
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`{src,packages,test,bench}/**/*.${name}.spec.ts`],
      ...hangsAfter(seconds),
      ...needs,
    },
  };
}

export default defineConfig({
  test: {
    reporters: ['default', './test/support/unfinished-files.reporter.ts'],
    // Half of the time is waiting, for processes and databases.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Tests that start programs at once: more would only wait for each other.
    maxConcurrency: 3,
    // Files share loaded modules: loading the application anew for each takes longer than most of them.
    isolate: false,
    // What has been transformed is not transformed again by the next run.
    fsModuleCache: true,
    projects: [
      {
        extends: true,
        test: {
          // What needs no server and starts no process.
          name: 'unit',
          include: ['{src,packages,test,bench}/**/*.spec.ts'],
          exclude: [...configDefaults.exclude, '**/*.{db,e2e,fault,long}.spec.ts'],
          ...hangsAfter(10),
        },
      },
      // PostgreSQL or Redis, asked directly.
      tier('db', 30, { globalSetup: SERVERS }),
      // The application over HTTP and sockets.
      tier('e2e', 20, { globalSetup: SERVERS, setupFiles: FRAMES }),
      // Processes, kills, proxies.
      tier('fault', 90, { globalSetup: SERVERS, setupFiles: FRAMES }),
      // Matrices of databases, proxies, addresses, refusals, starts and stops; outages, other people's clients, installations, backups.
      tier('long', 120, { globalSetup: SERVERS, setupFiles: FRAMES }),
    ],
  },
});
