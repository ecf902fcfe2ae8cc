import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { environmentOf, install } from '../../support/debian-program.js';
import { TestServer } from '../../support/test-server.js';

const README = resolve(import.meta.dirname, '../../../README.md');

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await seedDemoData(server.database.connection);
});
afterAll(() => server.stop());

it('what README.md does with curl and jq does it, in the order of the page', async () => {
  const [, commands = ''] = /```bash\n(TOKEN=[^]*?)```/.exec(readFileSync(README, 'utf8')) ?? [];
  const jq = await install({
    name: 'jq',
    file: 'usr/bin/jq',
    versionOption: '--version',
    packages: ['jq', 'libjq1'],
    optionalPackages: ['libonig5'],
  });
  const { PATH = '', ...environment } = environmentOf(jq);
  const script = `set -e\n${commands.replaceAll('http://localhost:3000', server.url)}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', script.replaceAll(' | jq\n', ' | jq -c .\n')], {
    env: { ...environment, PATH: [PATH, dirname(jq.command)].join(delimiter) },
    timeout: 30_000,
  });
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  const sent = { content: 'Hello over HTTP!', clientMessageId: 'hello-1', seq: 6 };
  expect(answers).toMatchObject([
    { data: [{ title: 'Demo', lastSeq: 5 }] },
    sent,
    { total: 6, page: 1, limit: 20, data: [sent, {}, {}, {}, {}, {}] },
  ]);
});
