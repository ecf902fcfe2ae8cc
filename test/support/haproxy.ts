import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { waitUntil } from '../faults/wait-until.js';
import { DocumentedProxy } from './documented-proxy.js';

/** The columns of HAProxy's statistics. */
const STATUS = 17;

type NodeName = 'one' | 'two';

/** The documented HAProxy in front of two nodes on this machine, and its view of their health. */
export class HaProxy {
  private constructor(private readonly proxy: DocumentedProxy) {}

  /** @param nodes the ports of the nodes that the configuration calls `one` and `two` */
  static async start(nodes: readonly [number, number]): Promise<HaProxy> {
    const haproxy = new HaProxy(await DocumentedProxy.start('haproxy', nodes));
    await Promise.all([haproxy.untilUp('one'), haproxy.untilUp('two')]);
    return haproxy;
  }

  get url(): string {
    return this.proxy.url;
  }

  /** Resolves when HAProxy sends requests to a node. */
  untilUp(node: NodeName): Promise<void> {
    return this.until(node, 'UP');
  }

  /** Resolves when HAProxy has taken a node out of service. */
  untilDown(node: NodeName): Promise<void> {
    return this.until(node, 'DOWN');
  }

  stop(): Promise<void> {
    return this.proxy.stop();
  }

  private async until(node: NodeName, state: 'UP' | 'DOWN'): Promise<void> {
    await waitUntil(`node ${node} is ${state}`, async () => (await this.stateOf(node)) === state, 20_000);
  }

  private async stateOf(node: NodeName): Promise<string | undefined> {
    const admin = connect(join(this.proxy.folder, 'admin'));
    admin.end('show stat\n');
    const rows = (await text(admin).catch(() => '')).split('\n').map((row) => row.split(','));
    return rows.find(([backend, server]) => backend === 'nodes' && server === node)?.[STATUS];
  }
}
