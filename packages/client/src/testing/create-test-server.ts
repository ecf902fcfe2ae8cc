import type { CallInput } from '../api/call.ts';
import type { Message, Routes, Tokens } from '../contract.ts';
import type { Transport } from '../ports.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createChat } from './chat.ts';
import { conversationRoutes } from './conversations.ts';
import { createNetwork, type Faults } from './faults.ts';
import { historyRoutes } from './history.ts';
import { inviteRoutes } from './invites.ts';
import { createMembers } from './members.ts';
import { createMessages } from './messages.ts';
import { openTransport, type TestRequest } from './open-transport.ts';
import { createOthers } from './others.ts';
import { createReads } from './reads.ts';
import { createRooms, type OpenSocket } from './rooms.ts';
import type { RouteTable } from './routes.ts';
import { copyOf, createRequestServer } from './serve-request.ts';
import { createShow } from './show.ts';
import { socketEvents } from './socket-events.ts';
import { type Account, createState } from './state.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { createThreads } from './threads.ts';

/** How the server is set. */
export interface TestServerOptions {
  /** Where clients find it. Default `https://chat.test`. */
  readonly url?: string;
  /** Seconds for which an access token is valid. Default 900. */
  readonly tokenLifetime?: number;
  /** When the test begins. Default: 1 January 2026. */
  readonly startsAt?: Date;
  /** Routes that it does not have, as an older server. */
  readonly without?: readonly (keyof Routes)[];
}

/** Somebody with an account. */
export interface TestAccount {
  /** The id of the user. */
  readonly id: string;
  /** What a client logs in with, beside the password. */
  readonly email: string;
  /** In clear text, as a client logs in with it. */
  readonly password: string;
  /** The name of the account, as it was asked for. */
  readonly displayName: string;
  /** Of a session of its own. */
  readonly tokens: Tokens;
  /** Does what a route does, at once, whatever the network does. Throws a `CauserieError` when the server refuses. */
  call<R extends keyof Routes>(route: R, input?: CallInput<R>): Routes[R]['answer'];
}

/** A server in memory, with the rules of the real one. */
export interface TestServer {
  /** The address to give to the clients. Nothing is reached there. */
  readonly url: string;
  /** Time of the server. Give it to the clients, too, unless they are to use the time of the machine. */
  readonly clock: TestClock;
  /** Orders what is to go wrong. */
  readonly faults: Faults;
  /** What clients have asked for so far, in the order of time. */
  readonly requests: TestRequest[];
  /** The way of one client to the server. */
  transport(): Transport;
  /** The account of this name: always the same one. */
  user(name: string): TestAccount;
  /** Creates a conversation of the first one with the others; returns its id. */
  conversation(owner: TestAccount, ...others: readonly TestAccount[]): string;
  /** Somebody writes. */
  say(user: TestAccount, conversationId: string, content: string): Message;
}

const PASSWORD = 'correct horse battery';
/** Milliseconds before its end at which a socket is told that its token expires. */
const WARNING = 60_000;

/** Creates a server in memory, without accounts and conversations. */
export function createTestServer(options: TestServerOptions = {}): TestServer {
  const {
    url = 'https://chat.test',
    tokenLifetime = 900,
    startsAt = new Date('2026-01-01T00:00:00Z'),
    without = [],
  } = options;
  const clock = createTestClock(startsAt.getTime());
  const state = createState(() => clock.wallTime());
  const network = createNetwork(clock);
  const rooms = createRooms();
  const accounts: Accounts = createAccounts(state, rooms, tokenLifetime);
  const chat = createChat(state, rooms, createShow(state));
  const members = createMembers(chat);
  const threads = createThreads(chat);
  const messages = createMessages(chat, threads.onReply);
  const reads = createReads(chat);
  const others = createOthers(chat, accounts);
  const table: RouteTable = {
    ...accounts.routes,
    ...conversationRoutes(chat),
    ...members.routes,
    ...messages.routes,
    ...historyRoutes(chat),
    ...reads.routes,
    ...threads.routes,
    ...inviteRoutes(chat, members),
    ...others.routes,
  };
  const served = Object.entries(table).filter(([route]) => !without.includes(route as keyof Routes));
  const http = createRequestServer(Object.fromEntries(served) as RouteTable, accounts);
  const cuts = new Set<() => void>();
  const requests: TestRequest[] = [];
  const users = new Map<string, TestAccount>();
  const timers = new WeakMap<OpenSocket, (() => void)[]>();

  /** Says that the token of a socket expires, and ends the socket with it. */
  function watch(socket: OpenSocket, expiresAt: number): void {
    for (const cancel of timers.get(socket) ?? []) cancel();
    const left = expiresAt - state.now();
    const warning = left - Math.min(WARNING, left / 4);
    const warn = (): void => {
      if (rooms.sockets.has(socket))
        socket.emit('token_expiring', { expiresAt: new Date(expiresAt).toISOString() });
    };
    timers.set(socket, [
      clock.setTimer(warning, warn),
      clock.setTimer(left, () => socket.close('transport close')),
    ]);
  }

  const parts = {
    state,
    clock,
    network,
    rooms,
    accounts,
    requests,
    http,
    events: socketEvents({ chat, accounts, messages, reads, others, renew: watch }),
    prefix: new URL(url).pathname.replace(/\/$/, ''),
    cuts,
    watch,
    onPresence: others.tellOfPresence,
  };

  function accountOf(account: Account): TestAccount {
    const { id, email, displayName } = account;
    const tokens = accounts.logIn(account);
    return {
      id,
      email,
      displayName,
      password: PASSWORD,
      tokens,
      call: (route, input = {} as CallInput<typeof route>) =>
        copyOf(
          http.call(account, route, input as object).body ?? undefined,
        ) as Routes[typeof route]['answer'],
    };
  }

  const breakAll = (): void => {
    cuts.forEach((cut) => cut());
  };

  return {
    url,
    clock,
    requests,
    faults: {
      ...network.faults,
      cut: breakAll,
      goOffline() {
        network.faults.goOffline();
        breakAll();
      },
      expireToken() {
        for (const access of state.accessTokens.values())
          access.expiresAt = Math.min(access.expiresAt, state.now());
        rooms.sockets.forEach((socket) => socket.close('transport close'));
      },
    },
    transport: () => openTransport(parts),
    user(name) {
      const known = users.get(name) ?? accountOf(accounts.signUp(`${name}@test.example`, PASSWORD, name));
      users.set(name, known);
      return known;
    },
    conversation(owner, ...invited) {
      const body = { memberIds: invited.map(({ id }) => id) };
      return owner.call('POST /chat/conversations', { body }).id;
    },
    say: (user, id, content) =>
      user.call('POST /chat/conversations/:id/messages', { params: { id }, body: { content } }),
  };
}
