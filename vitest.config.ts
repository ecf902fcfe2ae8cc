import { availableParallelism, loadavg } from 'node:os';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.sequencer.ts';

/** Starts one real PostgreSQL for the whole run, which all projects share. */
const SERVERS = ['test/support/global-setup.ts'];
/** Unpacks the browser and builds the web client, which only these tests use. */
const BROWSER = ['test/support/chromium.setup.ts', 'test/support/web.setup.ts'];
/** Checks that everything that sockets receive and emit is described by the document of the socket. */
const FRAMES = ['test/support/strange-frames.setup.ts'];

/** Factor for all timeouts, 1 to 20: the load average of each core when the run began. */
const BUSYNESS = Math.min(20, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));
/** Timeouts after which a test or a hook hangs: three times what the slowest of its tier takes on two idle cores. */
const hangsAfter = (seconds: number) => ({
  testTimeout: seconds * 1_000 * BUSYNESS,
  hookTimeout: seconds * 1_000 * BUSYNESS,
  // What does not come fails before its test hangs, and says what has come instead.
  expect: { poll: { timeout: seconds * 500 * BUSYNESS } },
});

/** These wait for programs and for outages most of the time: more of them fit onto a core. */
const WAITING: TestProjectInlineConfiguration['test'] = {
  maxWorkers: availableParallelism() * 2,
  maxConcurrency: 5,
  // Vitest runs projects with another number of workers one after the other.
  sequence: { groupOrder: 1 },
};

/** The specs of one suffix. */
function tier(
  name: string,
  seconds: number,
  needs: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`{src,packages,web,test,bench}/**/*.${name}.spec.ts`],
      ...hangsAfter(seconds),
      ...needs,
    },
  };
}

export default defineConfig({
  test: {
    reporters: ['default', './test/support/unfinished-files.reporter.ts'],
    // Workers wait half of the time, for processes and databases.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // More tests at a time that start programs would only wait for each other.
    maxConcurrency: 3,
    // Files share loaded modules: loading the application anew for each takes longer than most of them.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    setupFiles: ['test/support/untouched-clocks.setup.ts'],
    // The next run reuses the modules that this one has transformed.
    fsModuleCache: true,
    projects: [
      {
        extends: true,
        test: {
          // Tests that need no server and start no process.
          name: 'unit',
          include: ['{src,packages,web,test,bench}/**/*.spec.ts'],
          exclude: [...configDefaults.exclude, '**/*.{db,e2e,fault,browser,long}.spec.ts'],
          ...hangsAfter(10),
        },
      },
      // Adapters on PostgreSQL and Redis.
      tier('db', 30, { globalSetup: SERVERS }),
      // The application over HTTP and sockets.
      tier('e2e', 20, { globalSetup: SERVERS, setupFiles: FRAMES }),
      // Processes that are started and killed, and proxies.
      tier('fault', 90, { globalSetup: SERVERS, setupFiles: FRAMES }),
      // Pages in Chromium, of the application and of the packages.
      tier('browser', 60, { globalSetup: [...SERVERS, ...BROWSER], setupFiles: FRAMES }),
      // Matrices of databases, proxies, addresses, refusals, starts and stops; outages, other people's clients, installations, backups.
      tier('long', 120, { globalSetup: [...SERVERS, ...BROWSER], setupFiles: FRAMES, ...WAITING }),
    ],
  },
});
