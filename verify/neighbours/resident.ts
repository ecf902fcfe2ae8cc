// Runs in a process of its own, so that the CPU time of the attack does not delay the resident's measurements.
import { setTimeout as delay } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { LocalHttp } from './local-http.ts';

/** Milliseconds between two messages, and between two logins. */
const SEND_EVERY = 100;
const LOGIN_EVERY = 5_000;
/** Milliseconds until an answer times out. */
const ANSWER_LIMIT = 15_000;
const PASSWORD = 'correct horse battery';

/** An action of the resident: its start (milliseconds since 1970), its duration, and whether it succeeded. */
export interface Action {
  readonly kind: 'send' | 'login';
  readonly at: number;
  readonly ms: number;
  readonly ok: boolean;
}

const [url = '', address = '', email = ''] = process.argv.slice(2);
const actions: Action[] = [];
const stop = new AbortController();

async function measureAction(kind: Action['kind'], work: () => Promise<boolean>): Promise<void> {
  const at = Date.now();
  const begun = performance.now();
  const ok = await work();
  actions.push({ kind, at, ms: performance.now() - begun, ok });
}

async function run(): Promise<void> {
  const http = new LocalHttp(url, address, 4);
  const account = { email, password: PASSWORD };
  const { accessToken } = await http.requestJson(201, 'POST', '/auth/signup', {
    body: { ...account, displayName: 'Resident' },
  });
  const token = String(accessToken);
  const { id } = await http.requestJson(201, 'POST', '/chat/conversations', {
    token,
    body: { memberIds: [] },
  });
  const socket = io(`${url}/chat`, {
    auth: { token },
    transports: ['websocket'],
    agent: http.agent as never,
  });
  socket.on('disconnect', (reason) => {
    if (!stop.signal.aborted) process.stderr.write(`The resident's socket was closed: ${reason}\n`);
  });
  await new Promise<void>((resolve) => socket.once('ready', () => resolve()));
  await socket.emitWithAck('join_room', { conversationId: id });
  const send = async (): Promise<boolean> => {
    const message = { conversationId: id, content: 'What a quiet house this was.' };
    const answer = socket.timeout(ANSWER_LIMIT).emitWithAck('send_message', message) as Promise<{
      ok: boolean;
    }>;
    return answer.then(({ ok }) => ok).catch(() => false);
  };
  // Each login is logged out again: with fifty open sessions the next login would end the session of the socket.
  const login = async (): Promise<boolean> => {
    const { status, body } = await http.call('POST', '/auth/login', { body: account });
    if (status !== 200) return false;
    const { accessToken: another } = JSON.parse(body) as { accessToken: string };
    return (await http.call('POST', '/auth/logout', { token: another })).status === 204;
  };
  process.send?.('ready');
  await Promise.all([repeatAction('send', SEND_EVERY, send), repeatAction('login', LOGIN_EVERY, login)]);
  socket.close();
  http.close();
}

/** Starts an action at each interval, whether the previous one has ended or not. */
async function repeatAction(
  kind: Action['kind'],
  every: number,
  work: () => Promise<boolean>,
): Promise<void> {
  const open = new Set<Promise<void>>();
  while (!stop.signal.aborted) {
    const action: Promise<void> = measureAction(kind, work).finally(() => open.delete(action));
    open.add(action);
    await delay(every);
  }
  await Promise.all(open);
}

process.once('message', () => stop.abort());
await run();
// The channel is disconnected only after the report is sent; before that the report could be lost.
process.send?.(actions, () => process.disconnect?.());
