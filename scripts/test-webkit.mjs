// Runs the specs of the window of messages in WebKit, the engine of Safari: in the program that TEST_WEBKIT names, or in that
// of Playwright where it is installed. Without one it says loudly that nothing was tested, and succeeds.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { webkit } from 'playwright-core';

const SPECS = ['message-window', 'random-steps'].map((name) => `packages/react/test/${name}.browser.spec.ts`);
/** Fingers are those of Chromium's protocol. */
const WITHOUT_FINGERS = '^(?!.*finger)';

const named = process.env.TEST_WEBKIT;
if (named && !existsSync(named)) {
  process.stderr.write(`TEST_WEBKIT names a program that does not exist: ${named}\n`);
  process.exit(1);
}
const program = named || installed();
if (program === undefined) {
  const line = '='.repeat(100);
  process.stderr.write(
    `${line}\nSKIPPED: the window of messages was NOT tested in WebKit, as this machine has none.\n`,
  );
  process.stderr.write(`Set TEST_WEBKIT to the program of Playwright's WebKit (pw_run.sh).\n${line}\n`);
} else {
  const tests = spawn('vitest', ['run', '--project', 'browser', ...SPECS, '-t', WITHOUT_FINGERS], {
    stdio: 'inherit',
    env: { ...process.env, TEST_WEBKIT_FOUND: program },
  });
  tests.on('exit', (code) => (process.exitCode = code ?? 1));
}

/** Playwright's own, which it names also where it is not installed, and for no system that it does not support. */
function installed() {
  try {
    const path = webkit.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
