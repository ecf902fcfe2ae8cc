import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PNG } from '../fakes/avatar-images.js';
import { startWithUploads } from '../fakes/avatar-client.js';
import type { TestServer } from '../support/test-server.js';

const run = promisify(execFile);
const TOOLS = resolve(import.meta.dirname, '../generated-clients');

let server: TestServer;
let stop: () => Promise<void>;
let folder: string;
const name = `t${process.pid}`;

/** Runs a program from the packages of the tools, or a file, with the present Node. */
async function node(...argv: readonly string[]): Promise<string> {
  const ran = await run(process.execPath, argv, { cwd: folder }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${argv.join(' ')}:\n${stdout}${stderr}`);
    },
  );
  return ran.stdout;
}

const tool = (file: string) => join(folder, 'node_modules', file);

beforeAll(async () => {
  await run('npx', ['-y', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline'], { cwd: TOOLS });
  ({ server, stop } = await startWithUploads());
  folder = await mkdtemp(join(tmpdir(), 'causerie-clients-'));
  await cp(join(TOOLS, 'flows'), folder, { recursive: true });
  await symlink(join(TOOLS, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const document = await (await fetch(`${server.url}/api/docs-json`)).text();
  await writeFile(join(folder, 'openapi.json'), document);
  await writeFile(join(folder, 'picture.png'), PNG);
});
afterAll(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

it('clients made of the document by openapi-typescript and by @hey-api/openapi-ts compile strictly and do the main flow', async () => {
  await node(tool('openapi-typescript/bin/cli.js'), 'openapi.json', '-o', 'schema.ts');
  await node(
    tool('@hey-api/openapi-ts/bin/run.js'),
    '--input=openapi.json',
    '--output=hey-api',
    '--client=@hey-api/client-fetch',
  );
  await node(tool('typescript/bin/tsc'), '-p', folder);
  const flow = await node('built/main-flow.js', server.url, name);
  expect(JSON.parse(flow)).toEqual({ seqs: [1, 2], members: 2 });
  const picture = await node('built/picture.js', server.url, name, 'picture.png');
  expect(JSON.parse(picture)).toMatchObject({ type: 'image/png' });
});

it("Spectral's rules for OpenAPI find nothing", async () => {
  await writeFile(join(folder, 'rules.yaml'), 'extends: ["spectral:oas"]\n');
  const found = await node(
    tool('@stoplight/spectral-cli/dist/index.js'),
    'lint',
    'openapi.json',
    '-r',
    'rules.yaml',
    '-q',
    '-f',
    'json',
    '--fail-severity',
    'hint',
  );
  expect(JSON.parse(found)).toEqual([]);
});
