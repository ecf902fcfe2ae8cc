import type { BusPort } from '../../application/ports/bus.port.js';

/** One node: there is nobody else to publish to. */
export class LocalBusAdapter implements BusPort {
  readonly reachesNodes = false;

  publish(): void {}

  subscribe(): void {}

  publishToTopic(): void {}

  subscribeToTopic(): void {}
}
