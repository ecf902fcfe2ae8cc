import type { TestProject } from 'vitest/node';
import { type ChromiumProgram, installChromium } from './chromium-install.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The browser of the tests; a problem fails those tests only. */
    chromium: ChromiumProgram | { problem: string };
  }
}

/** Unpacks Chromium once, before the workers that would do it at the same time. */
export default async function chromiumSetup(project: TestProject): Promise<void> {
  const chromium = await installChromium().catch((error: Error) => ({ problem: error.message }));
  project.provide('chromium', chromium);
}
