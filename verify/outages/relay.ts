import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DatabaseProxy } from '../../test/support/database-proxy.js';

type Address = DatabaseProxy['connection'];

export type RelayOrder =
  | { readonly kind: 'open' | 'leadTo'; readonly to: Address }
  | { readonly kind: 'delay'; readonly latency: number }
  | { readonly kind: RelayState };

type RelayState = 'refuse' | 'listen' | 'reset' | 'stopResets' | 'stall' | 'flow';

/** The network to the database, in another process; `DatabaseProxy` describes its states. */
export class Relay {
  private constructor(
    private readonly child: ChildProcess,
    /** Address of the database that the relay connects to. */
    private target: Address,
    /** Address of the relay. */
    readonly connection: Address,
    private milliseconds: number,
  ) {}

  /** @param latency milliseconds in each direction */
  static async open(to: Address, latency: number): Promise<Relay> {
    const child = fork(fileURLToPath(new URL('relay-process.ts', import.meta.url)), {
      execArgv: ['--import', '@oxc-node/core/register'],
    });
    const connection = (await sendOrder(child, { kind: 'open', to })) as Address;
    const relay = new Relay(child, to, connection, 0);
    await relay.setLatency(latency);
    return relay;
  }

  get leadsTo(): Address {
    return this.target;
  }

  get latency(): number {
    return this.milliseconds;
  }

  async setLatency(latency: number): Promise<void> {
    this.milliseconds = latency;
    await sendOrder(this.child, { kind: 'delay', latency });
  }

  async leadTo(to: Address): Promise<void> {
    this.target = to;
    await sendOrder(this.child, { kind: 'leadTo', to });
  }

  /** Puts the relay into a state. Resolves when it is in it. */
  async setState(kind: RelayState): Promise<void> {
    await sendOrder(this.child, { kind });
  }

  async close(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }
}

async function sendOrder(child: ChildProcess, what: RelayOrder): Promise<unknown> {
  child.send(what);
  const [{ answer }] = (await once(child, 'message')) as [{ answer: unknown }];
  return answer;
}
