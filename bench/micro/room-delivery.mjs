/* oxlint-disable no-console -- it prints what it measures */
/**
 * Server CPU per delivery, this repository's room delivery against `namespace.to(room).emit` of plain Socket.IO, in
 * alternation; then the duration of event-loop turns while an event is written to a room of 5,000.
 *
 *   node --import @oxc-node/core/register bench/micro/room-delivery.mjs [seconds]
 *
 * The clients run in processes of their own.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { WebSocket } from 'ws';

/** Opens raw websockets and reports every millisecond how many events they have received. */
function clients() {
  let received = 0;
  let reported = 0;
  process.on('message', ({ port, count, rooms }) => {
    let joined = 0;
    for (let index = 0; index < count; index += 1) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
        perMessageDeflate: false,
      });
      socket.on('message', (/** @type {Buffer} */ data) => {
        const text = data.toString('latin1', 0, 12);
        if (text === '2') socket.send('3');
        else if (text.startsWith('0')) socket.send(`40/chat,{"room":"${index % rooms}"}`);
        else if (text.startsWith('40')) {
          joined += 1;
          if (joined === count) process.send({ joined });
        } else received += 1;
      });
    }
  });
  setInterval(() => {
    if (received > reported) process.send({ received: received - reported });
    reported = received;
  }, 1);
}

async function start(ours) {
  const http = createServer();
  const server = new Server(http, { serveClient: false, transports: ['websocket'] });
  const namespace = server.of('/chat');
  let emit = (room, event, payload) => void namespace.to(room).emit(event, payload);
  if (ours) {
    const { coalesceWrites } = await import('../../src/arch/common/interface/ws/engine/coalesce-writes.js');
    const { RoomDelivery } = await import('../../src/arch/common/interface/ws/rooms/room-delivery.js');
    coalesceWrites(server);
    const delivery = new RoomDelivery(namespace);
    emit = (room, event, payload) => delivery.deliverEvent(room, event, payload);
  }
  namespace.on('connection', (socket) => socket.join(socket.handshake.auth.room));
  http.listen(0);
  await once(http, 'listening');
  return { port: http.address().port, emit, namespace, server };
}

async function connect({ port }, count, rooms) {
  const child = fork(import.meta.filename, ['clients'], { execArgv: [] });
  const state = { received: 0, child };
  const joined = new Promise((resolve) => {
    child.on('message', (message) => {
      if (message.joined) resolve();
      else state.received += message.received;
    });
  });
  child.send({ port, count, rooms });
  await joined;
  return state;
}

const message = (seq) => ({
  id: '0197a3c4-7d1e-7b4a-9c55-1f0e8a2b3c4d',
  conversationId: '0197a3c4-7d1e-7b4a-9c55-1f0e8a2b3c4e',
  senderId: '0197a3c4-7d1e-7b4a-9c55-1f0e8a2b3c4f',
  content: 'A message of the usual length, as people send them.',
  createdAt: '2026-01-01T12:00:00.000Z',
  seq,
  rev: seq,
});

/** Repeats for some milliseconds: emits `burst` events to every room in one turn, and waits until all are received. */
async function slice(side, rooms, members, burst, milliseconds) {
  const cpu = process.cpuUsage();
  const until = performance.now() + milliseconds;
  let deliveries = 0;
  while (performance.now() < until) {
    const target = side.state.received + rooms * members * burst;
    for (let n = 0; n < burst; n += 1) {
      for (let room = 0; room < rooms; room += 1) side.emit(String(room), 'new_message', message(n));
    }
    while (side.state.received < target) await once(side.state.child, 'message');
    deliveries += rooms * members * burst;
  }
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / deliveries;
}

/** Emits an event to a room of 5,000 sockets every 200 ms. */
async function largeRoom(name, side) {
  side.state = await connect(side, 5_000, 1);
  const turns = [];
  const whole = [];
  for (let n = 0; n < 25; n += 1) {
    const target = side.state.received + 5_000;
    const begun = performance.now();
    side.emit('0', 'new_message', message(n));
    let last = begun;
    while (side.state.received < target) {
      await turn();
      const now = performance.now();
      if (n >= 5 && now - last > 0.5) turns.push(now - last);
      last = now;
    }
    if (n >= 5) whole.push(last - begun);
    await sleep(200);
  }
  const longest = turns.toSorted((a, b) => b - a)[0];
  console.log(
    `room of 5,000, ${name}: turns of ${median(turns).toFixed(1)} ms, the longest ${longest.toFixed(1)}; ` +
      `the last has it after ${median(whole).toFixed(0)} ms`,
  );
  side.state.child.kill();
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const spread = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round((sorted.length - 1) * share)].toFixed(2);
  return `${median(values).toFixed(2)} [${at(0.025)}–${at(0.975)}]`;
};

async function main(seconds) {
  const sides = [await start(false), await start(true)];
  for (const side of sides) side.state = await connect(side, 1_000, 20);
  for (const burst of [1, 2, 4]) {
    const rounds = { plain: [], ours: [], ratio: [] };
    for (let round = 0; round < seconds * 2; round += 1) {
      const plain = await slice(sides[0], 20, 50, burst, 250);
      const ours = await slice(sides[1], 20, 50, burst, 250);
      if (round < 2) continue;
      rounds.plain.push(plain);
      rounds.ours.push(ours);
      rounds.ratio.push(plain / ours);
    }
    console.log(
      `20 rooms × 50, ${burst} a turn: plain ${median(rounds.plain).toFixed(2)} µs/delivery, ` +
        `ours ${median(rounds.ours).toFixed(2)}, deliveries per CPU-second × ${spread(rounds.ratio)}`,
    );
  }
  for (const side of sides) side.state.child.kill();
  for (const ours of [false, true]) await largeRoom(ours ? 'ours' : 'plain', await start(ours));
  process.exit(0);
}

if (process.argv[2] === 'clients') clients();
else await main(Number(process.argv[2] ?? 10));
