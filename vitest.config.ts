import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', 'bench/**/*.spec.ts'],
    globalSetup: ['test/support/global-setup.ts'],
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
  },
});
