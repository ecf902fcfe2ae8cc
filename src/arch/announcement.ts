import { isIP } from 'node:net';
import { styleText } from 'node:util';
import { DEMO_PASSWORD, DEMO_USERS } from './common/domain/demo-data.js';
import { describeDemoLogins } from './describe-demo-data.js';

/** Facts that the operator of a started server needs. */
export interface Announcement {
  readonly version: string;
  /** The address of the server, from `listenAddress`. */
  readonly address: string;
  readonly hasDocs: boolean;
  /** Whether the web client is served at the address. */
  readonly hasWeb: boolean;
  readonly hasDemoLogins: boolean;
  /** The folder of the embedded database; undefined for that of `DATABASE_URL`. */
  readonly dataDir: string | undefined;
}

const EVERY = /\/\/(?:0\.0\.0\.0|\[::\]):/;

/** @param host an address that is listened on, or `localhost` for loopback addresses */
export function listenAddress(host: string, port: number): string {
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** One line for each fact, for a log. */
export function announcementLines({ address, hasDocs, hasDemoLogins, dataDir }: Announcement): string[] {
  const every = EVERY.test(address) ? 'every address of this machine, ' : '';
  return [
    `Causerie listens on ${address} (${every}Socket.IO namespace /chat)`,
    ...(hasDocs ? [`API documentation: ${openable(address)}/api/docs`] : []),
    ...(hasDemoLogins ? [describeDemoLogins()] : []),
    dataDir === undefined
      ? 'The data lies in the PostgreSQL of DATABASE_URL'
      : `The data lies in ${dataDir} (embedded PostgreSQL)`,
  ];
}

/** The same for a terminal, with the next steps. */
export function banner(announcement: Announcement, colours: boolean): string {
  const { version, address, hasDocs, hasDemoLogins, dataDir } = announcement;
  const bold = (text: string): string =>
    colours ? styleText('bold', text, { validateStream: false }) : text;
  const url = openable(address);
  const every = EVERY.test(address) ? ', on every address of this machine' : '';
  const rows = [
    ['Address', `${url} (Socket.IO: namespace /chat)${every}`],
    ...(hasDocs ? [['API', `${url}/api/docs`]] : []),
    ['Docs', 'README.md, docs/realtime.md, docs/errors.md'],
    ...(hasDemoLogins
      ? [
          ['Logins', DEMO_USERS.map(({ email }) => email).join(', ')],
          ['', `password ${DEMO_PASSWORD}`],
        ]
      : []),
    ['Data', dataDir === undefined ? 'the PostgreSQL of DATABASE_URL' : `${dataDir} (embedded PostgreSQL)`],
    ['Next', nextStep(announcement, url)],
  ];
  const lines = rows.map(([name = '', text = '']) => `  ${bold(name.padEnd(9))}${text}`);
  return ['', `  ${bold(`Causerie ${version}`)} is ready; Ctrl-C stops it.`, '', ...lines, ''].join('\n');
}

function nextStep({ hasWeb, hasDemoLogins }: Announcement, url: string): string {
  if (hasWeb) {
    const who = hasDemoLogins ? 'log in as user1, and as user2 in a private window' : 'sign up';
    return `open ${url} in a browser, and ${who}`;
  }
  return hasDemoLogins
    ? `${elsewhere(url)}node examples/listen.mjs (in another terminal)`
    : 'npx -y pnpm@12 seed (adds demo data)';
}

/** The URL for a browser on this machine. */
function openable(address: string): string {
  return address.replace(EVERY, '//localhost:');
}

/** The examples use this address by default. */
function elsewhere(url: string): string {
  return url === 'http://localhost:3000' ? '' : `CAUSERIE_URL=${url} `;
}
