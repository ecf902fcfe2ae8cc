import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Matrices of databases, poolers and outages, other people's clients, backups of whole installations. */
const LONG = '**/*.long.spec.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/strange-frames.setup.ts'],
    reporters: ['default', './test/support/unfinished-files.reporter.ts'],
    // Half of the time is waiting: by itself Vitest leaves a core to whoever edits, of two cores one.
    maxWorkers: availableParallelism(),
    // Tests that start programs at once: more would only wait for each other.
    maxConcurrency: 3,
    // Files share loaded modules: loading the application anew for each takes longer than most of them.
    isolate: false,
    // For hangs, not for speed: a busy machine takes long to start a process.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'usual',
          include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', 'bench/**/*.spec.ts'],
          exclude: [...configDefaults.exclude, LONG],
        },
      },
      { extends: true, test: { name: 'long', include: [`test/${LONG}`] } },
    ],
  },
});
