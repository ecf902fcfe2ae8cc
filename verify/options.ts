import { parseArgs } from 'node:util';
import { wholeNumber } from './whole-number.ts';

export interface Options {
  /** URLs of the nodes of a running server. With an empty list a server is started. */
  readonly urls: readonly string[];
  readonly minutes: number;
  readonly clients: number;
  readonly conversations: number;
  /** Whether the members use the client library. */
  readonly client: boolean;
  /** Number of acknowledged messages after which the check ends. */
  readonly messages: number;
  readonly seed: number;
  /** Whether relays cut answers of the nodes, and of the PostgreSQL of a started server. */
  readonly cuts: boolean;
  /** Number of nodes to start. */
  readonly nodes: number;
  /** URL of the Redis of started nodes. Without it a redis-server is started for several nodes. */
  readonly redis: string | undefined;
  /** URL of an empty database for the started server. Without it an embedded PostgreSQL is started. */
  readonly database: string | undefined;
  /** Whether logs and data are kept when there are violations. */
  readonly keep: boolean;
  /** Modules that the started server loads before its program. */
  readonly imports: readonly string[];
  /** Whether the nodes and PostgreSQL of a started server are killed at random times. */
  readonly faults: boolean;
  /** Milliseconds without any live event after which events that were not received count as missing. */
  readonly patience: number;
}

export const USAGE = `pnpm verify [options]
  Drives a server with many clients, records what they do and receive, and checks the record against the contract. Ends
  with status 1 when there are violations.
  --url http://…     checks a running server; repeat it for each node (without it a server is started, and removed at the end)
  --minutes n        duration (0.5; no limit when only --messages is given)
  --messages n       ends after this number of acknowledged messages
  --clients n        number of members (20); three strangers are added
  --conversations n  number of conversations (8)
  --client           the members use @causerie/client instead of requests and sockets of their own
  --seed n           seed of the random choices; the timing of the network is not repeated
  --patience n       seconds without any live event after which events that were not received count as missing (10)
  --cuts             cuts answers on their way (on by default, off with --url; --no-cuts)
 for a server that is started:
  --faults           kills its nodes and its PostgreSQL at random times
  --nodes n          number of nodes (1); several use the redis-server of the PATH
  --redis redis://…  uses this Redis instead
  --database postgres://…  uses this empty database instead of an embedded PostgreSQL
  --no-keep          removes logs and data also when there are violations
  --import file      loads a module into the server before its program
  --help, --version
`;

/** @throws Error that names an unknown option or a wrong value */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    allowNegative: true,
    options: {
      url: { type: 'string', multiple: true, default: [] },
      minutes: { type: 'string' },
      clients: { type: 'string', default: '20' },
      conversations: { type: 'string', default: '8' },
      messages: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 4_294_967_296)) },
      client: { type: 'boolean', default: false },
      faults: { type: 'boolean', default: false },
      cuts: { type: 'boolean' },
      nodes: { type: 'string', default: '1' },
      redis: { type: 'string' },
      database: { type: 'string' },
      keep: { type: 'boolean', default: true },
      import: { type: 'string', multiple: true, default: [] },
      patience: { type: 'string', default: '10' },
    },
  });
  const { url, faults, messages, redis, database, cuts = url.length === 0 } = values;
  const nodes = wholeNumber('nodes', values.nodes, 1);
  if (url.length > 0)
    refuseServerOptions({ faults, redis, database, nodes: nodes > 1, import: values.import.length > 0 });
  if (cuts && url.some((one) => !one.startsWith('http://'))) throw new Error('--cuts is for http:// only');
  const minutes = values.minutes ?? (messages === undefined ? '0.5' : 'Infinity');
  return {
    urls: url.map((one) => one.replace(/\/+$/, '')),
    client: values.client,
    faults,
    cuts,
    nodes,
    redis,
    database,
    keep: values.keep,
    imports: values.import,
    minutes: positive('minutes', minutes),
    patience: positive('patience', values.patience) * 1_000,
    messages: positive('messages', messages ?? 'Infinity'),
    clients: wholeNumber('clients', values.clients, 2),
    conversations: wholeNumber('conversations', values.conversations, 1),
    seed: wholeNumber('seed', values.seed, 0),
  };
}

function refuseServerOptions(options: Readonly<Record<string, string | boolean | undefined>>): void {
  const own = Object.entries(options).find(([, value]) => value !== undefined && value !== false);
  if (own) throw new Error(`--${own[0]} is for a server that is started here`);
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a positive number`);
  return number;
}
