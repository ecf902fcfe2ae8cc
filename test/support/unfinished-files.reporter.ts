import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/**
 * Names the test files that had begun and not ended when the run ended, and what they were at: a worker that dies, of
 * its memory for instance, takes that along.
 */
export default class UnfinishedFilesReporter implements Reporter {
  /** The tests that run in each file that has begun. */
  private readonly begun = new Map<string, Set<string>>();
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestModuleQueued({ moduleId }: TestModule): void {
    this.begun.set(moduleId, new Set());
  }

  onTestCaseReady({ module, fullName }: TestCase): void {
    this.begun.get(module.moduleId)?.add(fullName);
  }

  onTestCaseResult({ module, fullName }: TestCase): void {
    this.begun.get(module.moduleId)?.delete(fullName);
  }

  onTestModuleEnd({ moduleId }: TestModule): void {
    this.begun.delete(moduleId);
  }

  onTestRunEnd(): void {
    for (const [file, tests] of this.begun) {
      const name = relative(this.vitest?.config.root ?? '', file);
      this.vitest?.logger.error(`Begun and not ended: ${[name, ...tests].join(' > ')}`);
    }
  }
}
