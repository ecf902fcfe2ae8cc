import type { BusPort } from '../../application/ports/bus.port.js';

/** The bus of a single node: there are no others to publish to. */
export class LocalBusAdapter implements BusPort {
  readonly reachesNodes = false;
  readonly connection = null;

  publish(): void {}

  subscribe(): void {}

  publishToTopic(): void {}

  subscribeToTopic(): void {}
}
