import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalHttp } from './local-http.ts';

/** What one address knows of the server and of its neighbour. */
export interface Target {
  readonly http: LocalHttp;
  readonly url: URL;
  readonly address: string;
  /** The neighbour's. */
  readonly email: string;
  /** Of accounts that the attacker has made. */
  readonly tokens: readonly string[];
  readonly avatar: string;
  readonly lastPage: number;
  readonly until: number;
}

export type Attack = (target: Target, count: (outcome: string) => void) => Promise<void>;

/** Milliseconds to wait after a refusal: whoever may do more at once is not refused. */
const REFUSED = 250;

/** So many at a time, again and again until the end of the attack. */
async function keepBusy(
  { until }: Target,
  width: number,
  work: (index: number) => Promise<boolean>,
): Promise<void> {
  const lane = async (index: number): Promise<void> => {
    while (Date.now() < until) {
      if (!(await work(index))) await delay(REFUSED);
    }
  };
  await Promise.all(Array.from({ length: width }, (_, index) => lane(index)));
}

function asking(
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

/** Opens connections that send something and never read; as many as the server keeps, and new ones for lost ones. */
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
      await delay(REFUSED);
    }
    for (const socket of held) socket.destroy();
  };
}

const header = ({ url, tokens }: Target, index: number): string =>
  `Host: ${url.host}\r\nAuthorization: Bearer ${tokens[index % tokens.length] ?? ''}\r\n`;

/** Everything that one address may ask, each as badly as it can. */
export const ATTACKS: Record<string, Attack> = {
  'password guesses at the neighbour': asking(4, ({ email }) => guess(email)),
  'password guesses at others': asking(8, (_, index) => guess(`nobody-${index}-${guesses}@test.example`)),
  signups: asking(4, () => [
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
    // As many as a monitoring gone wild: a thousand a second, whatever becomes of them.
    while (Date.now() < target.until) {
      for (let index = 0; index < 20; index += 1) {
        void target.http.call('GET', '/health/ready').then(({ status }) => count(String(status)));
      }
      await delay(20);
    }
  },
  pages: asking(16, ({ lastPage, tokens }, index) => {
    const token = tokens[index % (tokens.length + 1)];
    return ['GET', `/posts?limit=100&page=${lastPage - index}`, token === undefined ? {} : { token }];
  }),
  images: asking(8, ({ avatar }) => ['GET', avatar]),
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
