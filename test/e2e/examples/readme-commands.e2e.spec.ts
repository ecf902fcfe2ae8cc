import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { environmentOf, install } from '../../support/debian-program.js';
import { apiTest as it } from '../../support/api-test.js';

const README = resolve(import.meta.dirname, '../../../README.md');

it.beforeAll(async ({ server }) => {
  await seedDemoData(server.database.connection);
});

it('what README.md does with curl and jq does it, in the order of the page', async ({ server }) => {
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
    { data: [{ title: 'Demo', lastSeq: 5 }, {}, {}, {}, {}, {}, {}, {}] },
    sent,
    { total: 6, page: 1, limit: 20, data: [sent, {}, {}, {}, {}, {}] },
  ]);
});
