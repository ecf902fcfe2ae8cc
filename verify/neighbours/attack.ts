import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalHttp } from './local-http.ts';

/** What the attacker knows of the server and of the resident. */
export interface Target {
  readonly http: LocalHttp;
  readonly url: URL;
  readonly address: string;
  /** E-mail address of the resident. */
  readonly email: string;
  /** Access tokens of the attacker's own accounts. */
  readonly tokens: readonly string[];
  readonly avatar: string;
  readonly lastPage: number;
  /** End of the attack in milliseconds since 1970. */
  readonly until: number;
}

export type Attack = (target: Target, count: (outcome: string) => void) => Promise<void>;

/** Milliseconds to wait after a refused request or a lost connection. */
const RETRY_DELAY = 250;

/** Runs `width` loops of work until the end of the attack. @param work returns false when it was refused */
async function keepBusy(
  { until }: Target,
  width: number,
  work: (index: number) => Promise<boolean>,
): Promise<void> {
  const loop = async (index: number): Promise<void> => {
    while (Date.now() < until) {
      if (!(await work(index))) await delay(RETRY_DELAY);
    }
  };
  await Promise.all(Array.from({ length: width }, (_, index) => loop(index)));
}

function requesting(
  width: number,
  request: (target: Target, index: number) => Parameters<LocalHttp['call']>,
): Attack {
  return (target, count) =>
    keepBusy(target, width, async (index) => {
      const { status } = await target.http.call(...request(target, index));
      count(String(status));
      return status > 0 && status < 400;
    });
}

let guesses = 0;
const guess = (email: string): Parameters<LocalHttp['call']> => [
  'POST',
  '/auth/login',
  { body: { email, password: `wrong ${(guesses += 1)}` } },
];

/** Keeps `width` connections open that send something and never read; lost ones are replaced. */
function neverReading(width: number, bytes: (target: Target, index: number) => string): Attack {
  return async (target, count) => {
    const held = new Set<Socket>();
    while (Date.now() < target.until) {
      for (let index = held.size; index < width; index += 1) {
        const socket = connect({
          port: Number(target.url.port),
          host: target.url.hostname,
          localAddress: target.address,
        });
        held.add(socket);
        socket.pause();
        socket.once('error', () => socket.destroy());
        socket.once('close', () => {
          count('closed');
          held.delete(socket);
        });
        socket.write(bytes(target, index));
        count('opened');
      }
      await delay(RETRY_DELAY);
    }
    for (const socket of held) socket.destroy();
  };
}

const header = ({ url, tokens }: Target, index: number): string =>
  `Host: ${url.host}\r\nAuthorization: Bearer ${tokens[index % tokens.length] ?? ''}\r\n`;

/** Every kind of load that one address can cause. */
export const ATTACKS: Record<string, Attack> = {
  'password guesses at the neighbour': requesting(4, ({ email }) => guess(email)),
  'password guesses at others': requesting(8, (_, index) => guess(`nobody-${index}-${guesses}@test.example`)),
  signups: requesting(4, () => [
    'POST',
    '/auth/signup',
    {
      body: {
        email: `n-${(guesses += 1)}@test.example`,
        password: 'correct horse battery',
        displayName: 'N',
      },
    },
  ]),
  probes: async (target, count) => {
    // A thousand probes per second, whether they are answered or not, as of a misconfigured monitor.
    while (Date.now() < target.until) {
      for (let index = 0; index < 20; index += 1) {
        void target.http.call('GET', '/health/ready').then(({ status }) => count(String(status)));
      }
      await delay(20);
    }
  },
  pages: requesting(16, ({ lastPage, tokens }, index) => {
    const token = tokens[index % (tokens.length + 1)];
    return ['GET', `/posts?limit=100&page=${lastPage - index}`, token === undefined ? {} : { token }];
  }),
  images: requesting(8, ({ avatar }) => ['GET', avatar]),
  'unread answers': neverReading(24, (target, index) =>
    `GET /posts?limit=100 HTTP/1.1\r\n${header(target, index)}\r\n`.repeat(20),
  ),
  handshakes: neverReading(
    60,
    ({ url }) =>
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\n` +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  ),
};
