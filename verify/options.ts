import { parseArgs } from 'node:util';

export interface Options {
  /** A running server; `undefined` starts one. */
  readonly url: string | undefined;
  readonly minutes: number;
  readonly clients: number;
  readonly conversations: number;
  /** Acknowledged messages after which to stop. */
  readonly messages: number;
  readonly seed: number;
  /** Kills the started server and its PostgreSQL now and then. */
  readonly faults: boolean;
}

export const USAGE = `pnpm verify [options]
  --url http://…     a running server; without it one is started on an embedded PostgreSQL, and removed at the end
  --minutes n        how long (0.5); without a limit when only --messages is given
  --messages n       stop after so many acknowledged messages
  --clients n        members (20); strangers come besides
  --conversations n  (8)
  --seed n           repeats the random choices, as far as the network lets it
  --faults           kills the started server and its PostgreSQL now and then
`;

/** @throws when the command line asks for something that is not there */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      url: { type: 'string' },
      minutes: { type: 'string' },
      clients: { type: 'string', default: '20' },
      conversations: { type: 'string', default: '8' },
      messages: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 4_294_967_296)) },
      faults: { type: 'boolean', default: false },
    },
  });
  const { url, faults, messages } = values;
  if (url !== undefined && faults) throw new Error('--faults is for a server that is started here');
  const minutes = values.minutes ?? (messages === undefined ? '0.5' : 'Infinity');
  return {
    url: url?.replace(/\/+$/, ''),
    faults,
    minutes: positive('minutes', minutes),
    messages: positive('messages', messages ?? 'Infinity'),
    clients: whole('clients', values.clients, 2),
    conversations: whole('conversations', values.conversations, 1),
    seed: whole('seed', values.seed, 0),
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a positive number`);
  return number;
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name} must be a whole number from ${least}`);
  return number;
}
