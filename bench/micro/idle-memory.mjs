/* oxlint-disable no-console -- it prints what it measures */
/**
 * Memory of an idle websocket: this server against plain Socket.IO, both with tokens of the same size.
 *
 *   node --import @oxc-node/core/register bench/micro/idle-memory.mjs
 *
 * Each server runs in its own process and is measured after garbage collection with 300 and then 2,300 sockets. The heap
 * and the external memory are compared. The resident size is printed only: it depends on what was free after the start.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt, SignJWT } from 'jose';
import { Server } from 'socket.io';
import { WebSocket } from 'ws';

const FEW = 300;
const MORE = 2_000;
const SECRET = randomUUID() + randomUUID();

if (process.env.IDLE_MEMORY === 'plain') plainServer();
if (process.env.IDLE_MEMORY) answerMeasurements();
else await compare();

function plainServer() {
  const http = createServer();
  let count = 0;
  new Server(http, { serveClient: false }).of('/chat').on('connection', (socket) => {
    count += 1;
    void socket.join(`room ${count % 40}`);
    socket.on('join_room', () => undefined);
    socket.on('send_message', () => undefined);
  });
  http.listen(Number(process.env.PORT));
}

async function answer() {
  for (let count = 0; count < 5; count += 1) {
    globalThis.gc();
    await sleep(100);
  }
  process.send(process.memoryUsage());
}

/** Runs in the server's process. */
function answerMeasurements() {
  process.on('message', () => void answer());
  process.channel?.unref();
}

async function compare() {
  const plain = await measure('plain', 4_601);
  const ours = await measure('ours', 4_602);
  console.log(`ratio ${((ours.heapUsed + ours.external) / (plain.heapUsed + plain.external)).toFixed(3)}`);
  process.exit(0);
}

async function measure(name, port) {
  const data = mkdtempSync(join(tmpdir(), 'idle-memory-'));
  const args = name === 'plain' ? [] : ['--import', '@oxc-node/core/register'];
  const files = name === 'plain' ? [import.meta.filename] : ['--import', import.meta.filename, 'src/main.ts'];
  const server = spawn(process.execPath, ['--expose-gc', ...args, ...files], {
    env: {
      ...process.env,
      IDLE_MEMORY: name,
      NODE_ENV: 'development',
      PORT: String(port),
      DATA_DIR: data,
      LOG_LEVEL: 'error',
      JWT_ACCESS_SECRET: SECRET,
      // All sockets come from one address.
      THROTTLE_GLOBAL_LIMIT: '1000000000',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await waitForServer(port);
  const sign = name === 'plain' ? () => 'x'.repeat(720) : await signer(port);
  await open(port, FEW, sign);
  const before = await usage(server);
  await open(port, MORE, sign);
  const after = await usage(server);
  const each = (key) => (after[key] - before[key]) / MORE / 1_024;
  const figures = { heapUsed: each('heapUsed'), external: each('external'), rss: each('rss') };
  console.log(
    `${name}: ${figures.heapUsed.toFixed(2)} KiB of heap, ${figures.external.toFixed(2)} outside, ` +
      `resident ${figures.rss.toFixed(1)}, for each socket`,
  );
  server.kill('SIGTERM');
  await new Promise((resolve) => void server.once('exit', resolve));
  rmSync(data, { recursive: true });
  return figures;
}

async function waitForServer(port) {
  for (;;) {
    try {
      return await fetch(`http://127.0.0.1:${port}/socket.io/`);
    } catch {
      await sleep(100);
    }
  }
}

/** @returns a function that signs a token of another user at each call */
async function signer(port) {
  const response = await fetch(`http://127.0.0.1:${port}/auth/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email: 'idle@test.example',
      password: 'correct horse battery',
      displayName: 'Idle',
    }),
  });
  const claims = decodeJwt((await response.json()).accessToken);
  return () =>
    new SignJWT({ ...claims, sub: randomUUID(), sid: randomUUID() })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .sign(new TextEncoder().encode(SECRET));
}

async function open(port, count, sign) {
  for (let opened = 0; opened < count; opened += 50) {
    await Promise.all(Array.from({ length: 50 }, async () => connect(port, await sign())));
  }
  await sleep(500);
}

/** Resolves when the socket is connected to `/chat`, and at this server has received `ready`. */
function connect(port, token) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    socket.on('error', reject);
    socket.on('message', (/** @type {Buffer} */ data) => {
      const text = data.toString('utf8');
      if (text === '2') socket.send('3');
      else if (text.startsWith('0')) socket.send(`40/chat,${JSON.stringify({ token })}`);
      else if (text.startsWith(token.startsWith('x') ? '40' : '42/chat,["ready"')) resolve();
    });
  });
}

function usage(server) {
  return new Promise((resolve) => {
    server.once('message', resolve);
    server.send('measure');
  });
}
