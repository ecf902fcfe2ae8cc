import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

const TICK_MS = 1_000;
/** Milliseconds for late reports of a worker, in addition to the time limit of a test. */
const DELAY_MS = 5_000;

/** A test file that has begun and has not ended. */
interface OpenFile {
  readonly name: string;
  readonly running: Set<string>;
  /** The longest time without a report: by then its tests and hooks must have ended or timed out. */
  patienceMs: number;
  silentMs: number;
}

/**
 * Names the test files that had begun and not ended when the run ended, and their running tests: a worker that dies,
 * for instance because it is out of memory, does not report them. When a worker no longer reports, for instance
 * because of an endless loop, which no timeout can interrupt, the run ends at once.
 */
export default class UnfinishedFilesReporter implements Reporter {
  private readonly open = new Map<string, OpenFile>();
  private vitest: Vitest | undefined;
  private ticks: NodeJS.Timeout | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(): void {
    // Ticks are counted, not clock time: a machine that was asleep has not been waiting.
    this.ticks = setInterval(() => this.tick(), TICK_MS).unref();
  }

  onTestModuleQueued({ moduleId, project }: TestModule): void {
    const { root, testTimeout, hookTimeout } = project.config;
    this.open.set(moduleId, {
      name: relative(root, moduleId),
      running: new Set(),
      patienceMs: Math.max(testTimeout, hookTimeout) + DELAY_MS,
      silentMs: 0,
    });
  }

  onTestModuleCollected(module: TestModule): void {
    this.noteReport(module);
  }

  onTestCaseReady({ module, fullName, options }: TestCase): void {
    const file = this.noteReport(module);
    file?.running.add(fullName);
    if (file) file.patienceMs = Math.max(file.patienceMs, (options.timeout ?? 0) + DELAY_MS);
  }

  onTestCaseResult({ module, fullName }: TestCase): void {
    this.noteReport(module)?.running.delete(fullName);
  }

  onTestModuleEnd({ moduleId }: TestModule): void {
    this.open.delete(moduleId);
  }

  onTestRunEnd(): void {
    clearInterval(this.ticks);
    for (const file of this.open.values()) this.printFile('Begun and not ended', file);
  }

  private noteReport({ moduleId }: TestModule): OpenFile | undefined {
    const file = this.open.get(moduleId);
    if (file) file.silentMs = 0;
    return file;
  }

  private tick(): void {
    for (const file of this.open.values()) file.silentMs += TICK_MS;
    const hanging = [...this.open.values()].filter(({ silentMs, patienceMs }) => silentMs > patienceMs);
    if (hanging.length === 0) return;
    for (const file of hanging) this.printFile(`Hangs, silent for ${file.silentMs / 1_000} s`, file);
    // Vitest would wait for the worker; the processes that it started end with this process.
    process.exit(1);
  }

  private printFile(what: string, { name, running }: OpenFile): void {
    this.vitest?.logger.error(`${what}: ${[name, ...running].join(' > ')}`);
  }
}
