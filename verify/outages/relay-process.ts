import { DatabaseProxy } from '../../test/support/database-proxy.js';
import type { RelayOrder } from './relay.ts';

// The network between the server and its database, in a process of its own: clients keep theirs busy, and a network
// that is late whenever they are would be measured instead of the server.

let proxy: DatabaseProxy | undefined;

async function obey(order: RelayOrder): Promise<unknown> {
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
  void obey(order).then((answer) => process.send?.({ answer }));
});
process.once('disconnect', () => process.exit());
