import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { callApi } from '../support/api.js';
import { programFile, type Variables } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { waitUntil } from './wait-until.js';

/** The output of a server in a terminal, from its start to Ctrl-C, with a request in between. */
export async function runInTerminal(variables: Variables): Promise<string> {
  const file = await programFile('main');
  const command = `'${process.execPath}' '${file}'`;
  const args =
    process.platform === 'darwin' ? ['/dev/null', 'sh', '-c', command] : ['-ec', command, '/dev/null'];
  const { PATH, HOME } = process.env;
  const child = spawn('script', ['-q', ...args], {
    cwd: temporaryFolder(),
    env: { PATH, HOME, PORT: '0', TERM: 'xterm', ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const port = await waitUntil('its address', () => /http:\/\/[^\s"]+:(\d+)/.exec(shown)?.[1]);
  await callApi(`http://localhost:${port}`, 'GET', '/posts?page=1');
  await waitUntil('the request', () => shown.includes('/posts'));
  // Ctrl-C
  child.stdin.write('\x03');
  await waitUntil('the end', () => shown.includes('Stopped.'));
  return shown;
}
