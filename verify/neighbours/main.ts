import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../../src/arch/command-line.ts';
import { OwnServer } from '../own-server.ts';
import { wholeNumber } from '../whole-number.ts';
import { ATTACKS, type Target } from './attack.ts';
import { LocalHttp } from './local-http.ts';
import { fillForum } from './posts.ts';
import { describeActions, meetsGoals, type Phase } from './report.ts';
import type { Action } from './resident.ts';

const USAGE = `pnpm verify:neighbours [options]
  Starts a server with the default limits. One address attacks it, while a user at another address sends messages and logs
  in. Ends with status 1 when her messages take more than twice as long during the attack, or when a request of hers fails.
  --minutes n   minutes of attack (3); half a minute without attack before, after, and after every five minutes
  --posts n     number of posts in the forum (200000)
  --only text   runs only the attacks whose name contains this text
  --help, --version
`;
/** Loopback addresses, which are different clients for the server. */
const RESIDENT = '127.0.0.2';
const NEIGHBOUR = '127.0.0.3';
const EMAIL = 'resident@test.example';
/** Milliseconds of a phase without attack. */
const QUIET = 30_000;
const MINUTE = 60_000;
/** Minutes of attack between two phases without attack. */
const BLOCK = 5;
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(minutes: number, posts: number, only: string): Promise<boolean> {
  // The access tokens are not renewed during the run, and the resident sends more messages than a daily quota allows.
  const server = await OwnServer.start({ JWT_ACCESS_EXPIRATION: '1d', QUOTA_MESSAGES_DAY: '1000000' });
  const http = new LocalHttp(server.url, NEIGHBOUR, 512);
  try {
    const neighbour = await prepareAttack(server, http, posts);
    const resident = fork(fileURLToPath(new URL('resident.ts', import.meta.url)), [
      server.url,
      RESIDENT,
      EMAIL,
    ]);
    const exited = once(resident, 'exit');
    await once(resident, 'message');
    const phases: Phase[] = [];
    const phase = async (kind: Phase['kind'], work: Promise<unknown>): Promise<void> => {
      const from = Date.now();
      await work;
      phases.push({ kind, from, to: Date.now() });
    };
    await phase('quiet', delay(QUIET));
    for (let minute = 0; minute < minutes; minute += 1) {
      await phase('attacked', runAttacks({ ...neighbour, until: Date.now() + MINUTE }, only));
      if ((minute + 1) % BLOCK === 0 || minute + 1 === minutes) await phase('quiet', delay(QUIET));
    }
    const reported = once(resident, 'message') as Promise<[Action[]]>;
    const failed = exited.then(([code]) => {
      throw new Error(`The resident's process ended with ${code} without a report.`);
    });
    resident.send('stop');
    const [actions] = await Promise.race([reported, failed]);
    print(describeActions(actions, phases));
    return meetsGoals(actions, phases);
  } finally {
    http.close();
    await server.stop();
    await server.remove();
  }
}

async function prepareAttack(
  server: OwnServer,
  http: LocalHttp,
  posts: number,
): Promise<Omit<Target, 'until'>> {
  const accounts: Record<string, unknown>[] = [];
  for (let index = 0; index < 4; index += 1) {
    const body = {
      email: `neighbour-${index}@test.example`,
      password: 'correct horse battery',
      displayName: 'N',
    };
    accounts.push(await http.requestJson(201, 'POST', '/auth/signup', { body }));
  }
  const tokens = accounts.map(({ accessToken }) => String(accessToken));
  const [first] = accounts as { user: { id: string } }[];
  await fillForum(server.folder, first?.user.id ?? '', posts);
  const form = new FormData();
  form.set('avatar', new Blob([Buffer.from(PIXEL, 'base64')], { type: 'image/png' }), 'pixel.png');
  const uploaded = await fetch(`${server.url}/users/me/avatar`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[0]}` },
    body: form,
  });
  const { avatarUrl } = (await uploaded.json()) as { avatarUrl: string };
  return {
    http,
    url: new URL(server.url),
    address: NEIGHBOUR,
    email: EMAIL,
    tokens,
    avatar: avatarUrl,
    lastPage: Math.floor(posts / 100),
  };
}

async function runAttacks(target: Target, only: string): Promise<void> {
  const outcomes = new Map<string, number>();
  const chosen = Object.entries(ATTACKS).filter(([name]) => name.includes(only));
  await Promise.all(
    chosen.map(([name, run]) =>
      run(target, (outcome) =>
        outcomes.set(`${name} ${outcome}`, (outcomes.get(`${name} ${outcome}`) ?? 0) + 1),
      ),
    ),
  );
  const counted = [...outcomes].toSorted(([one], [other]) => one.localeCompare(other));
  print(`a minute of attack: ${counted.map(([name, count]) => `${name} × ${count}`).join(', ')}`);
}

const { minutes, posts, only } = readCommandLine(USAGE, (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '3' },
      posts: { type: 'string', default: '200000' },
      only: { type: 'string', default: '' },
    },
  });
  return {
    minutes: wholeNumber('minutes', values.minutes, 1),
    posts: wholeNumber('posts', values.posts, 1),
    only: values.only,
  };
});
process.exitCode = (await main(minutes, posts, only)) ? 0 : 1;
