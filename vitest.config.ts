import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** One real PostgreSQL for the whole run, whatever the number of projects that ask for it. */
const SERVERS = ['test/support/global-setup.ts'];
/** Whatever their sockets receive and emit is described by the document of the socket. */
const FRAMES = ['test/support/strange-frames.setup.ts'];

/** The specs of one suffix: what they need says how long a test may hang. */
function tier(
  name: string,
  needs: { globalSetup?: string[]; setupFiles?: string[]; testTimeout: number },
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`{src,test,bench}/**/*.${name}.spec.ts`],
      hookTimeout: needs.testTimeout,
      ...needs,
    },
  };
}

export default defineConfig({
  test: {
    reporters: ['default', './test/support/unfinished-files.reporter.ts'],
    // Half of the time is waiting: by itself Vitest leaves a core to whoever edits, of two cores one.
    maxWorkers: availableParallelism(),
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
          include: ['{src,test,bench}/**/*.spec.ts'],
          exclude: [...configDefaults.exclude, '**/*.{db,e2e,fault,long}.spec.ts'],
          // For hangs, not for speed, as all of these: a busy machine takes its time.
          testTimeout: 20_000,
        },
      },
      // PostgreSQL or Redis, asked directly.
      tier('db', { globalSetup: SERVERS, testTimeout: 60_000 }),
      // The application over HTTP and sockets.
      tier('e2e', { globalSetup: SERVERS, setupFiles: FRAMES, testTimeout: 60_000 }),
      // Processes, kills, proxies.
      tier('fault', { globalSetup: SERVERS, setupFiles: FRAMES, testTimeout: 120_000 }),
      // Matrices of databases, poolers and outages, other people's clients, backups of whole installations.
      tier('long', { globalSetup: SERVERS, setupFiles: FRAMES, testTimeout: 120_000 }),
    ],
  },
});
