import { DatabaseProxy } from '../../test/support/database-proxy.js';
import type { RelayOrder } from './relay.ts';

// The network between the server and its database runs in a process of its own. In the process of the clients it would be
// delayed whenever they are busy, and this delay would be measured as the server's.

let proxy: DatabaseProxy | undefined;

async function executeOrder(order: RelayOrder): Promise<unknown> {
  if (order.kind === 'open') {
    proxy = await DatabaseProxy.open({ connection: order.to });
    return proxy.connection;
  }
  if (!proxy) throw new Error('The relay is not open.');
  if (order.kind === 'delay') proxy.latency = order.latency;
  else if (order.kind === 'leadTo') proxy.leadTo(order.to);
  else await proxy[order.kind]();
  return undefined;
}

process.on('message', (order: RelayOrder) => {
  void executeOrder(order).then((answer) => process.send?.({ answer }));
});
process.once('disconnect', () => process.exit());
