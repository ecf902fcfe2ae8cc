import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FRAME, form, openUpload, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';
import type { TestUser } from '../../support/test-server.js';

let world: Awaited<ReturnType<typeof startWithUploads>>;
let ada: TestUser;
let avatar: string;
/** A connection that was opened while descriptors were free. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  world = await startWithUploads();
  ada = await world.server.signUp();
  avatar = (await upload(world.server, ada, form(PNG))).body.avatarUrl;
});
afterAll(async () => {
  agent.destroy();
  await world.stop();
});

async function answerTo(sent: ReturnType<typeof request>): Promise<string> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const type = String(response.headers['content-type']);
  if (!type.includes('json')) {
    response.resume();
    await once(response, 'end');
    return String(response.statusCode);
  }
  const { code } = (await json(response)) as { code: string };
  return `${response.statusCode} ${code} ${response.headers['retry-after']} ${response.headers['cache-control']}`;
}
const get = (path: string) => answerTo(request(world.server.url + path, { agent }).end());
function put(): Promise<string> {
  const sent = openUpload(world.server, ada, {}, agent);
  sent.write(FRAME.start);
  sent.write(PNG);
  sent.end(FRAME.end);
  return answerTo(sent);
}

/** Lets this process open no more descriptors while `work` runs. Another process sets the limit and removes it. */
async function withoutDescriptors(work: () => Promise<void>): Promise<void> {
  const limit = `prlimit --pid ${process.pid}`;
  const script = `soft=$(${limit} --nofile --output=SOFT --noheadings); ${limit} --nofile=3: && echo taken; read word
    ${limit} --nofile=$soft: && echo given`;
  const shell = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(shell.stdout, 'data');
  try {
    await work();
  } finally {
    shell.stdin.end('enough\n');
    await once(shell, 'exit');
  }
}

it.skipIf(process.platform !== 'linux')(
  'a file that cannot be opened because no descriptor is free is answered with 503, and served when one is free again',
  async () => {
    expect(await get(avatar)).toBe('200');
    await withoutDescriptors(async () => {
      expect(await get(avatar)).toBe('503 UNAVAILABLE 1 no-store');
      expect(await put()).toBe('503 UNAVAILABLE 1 no-store');
    });
    expect(await put()).toMatch(/^200 /);
    expect(await world.files()).toHaveLength(1);
  },
);
