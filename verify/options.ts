import { parseArgs } from 'node:util';
import { wholeNumber } from './whole-number.ts';

export interface Options {
  /** The nodes of a running server; without one a server is started. */
  readonly urls: readonly string[];
  readonly minutes: number;
  readonly clients: number;
  readonly conversations: number;
  /** Acknowledged messages after which to stop. */
  readonly messages: number;
  readonly seed: number;
  /** Answers of the nodes, and of the started ones' PostgreSQL, get lost. */
  readonly cuts: boolean;
  /** Nodes that are started. */
  readonly nodes: number;
  /** The Redis of started nodes; without it several have one of their own. */
  readonly redis: string | undefined;
  /** An empty PostgreSQL for the started server; without it it has one of its own. */
  readonly database: string | undefined;
  /** Whether logs and data stay when something is wrong. */
  readonly keep: boolean;
  /** Modules that are loaded into the started server before its program. */
  readonly imports: readonly string[];
  /** Kills the started server and its PostgreSQL now and then. */
  readonly faults: boolean;
  /** Milliseconds without any live event after which what has not come is missing. */
  readonly patience: number;
}

export const USAGE = `pnpm verify [options]
  --url http://…     a running server; again for each node; without it one is started and removed at the end
  --minutes n        how long (0.5); without a limit when only --messages is given
  --messages n       stop after so many acknowledged messages
  --clients n        members (20); strangers come besides
  --conversations n  (8)
  --seed n           repeats the random choices, as far as the network lets it
  --patience n       seconds without any live event after which what has not come is missing (10)
  --cuts             answers get lost on their way; by itself on, with --url off; --no-cuts
 of a server that is started:
  --faults           kills it and its PostgreSQL now and then
  --nodes n          several nodes (1), on the redis-server of the PATH
  --redis redis://…  … or on this one
  --database postgres://…  an empty database instead of an embedded PostgreSQL
  --no-keep          leaves no logs and no data, whatever is wrong
  --import file      a module to load into it first
  --help, --version
`;

/** @throws when the command line asks for something that is not there */
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
    refuseOwn({ faults, redis, database, nodes: nodes > 1, import: values.import.length > 0 });
  if (cuts && url.some((one) => !one.startsWith('http://'))) throw new Error('--cuts is for http://');
  const minutes = values.minutes ?? (messages === undefined ? '0.5' : 'Infinity');
  return {
    urls: url.map((one) => one.replace(/\/+$/, '')),
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

function refuseOwn(options: Readonly<Record<string, string | boolean | undefined>>): void {
  const own = Object.entries(options).find(([, value]) => value !== undefined && value !== false);
  if (own) throw new Error(`--${own[0]} is for a server that is started here`);
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a positive number`);
  return number;
}
