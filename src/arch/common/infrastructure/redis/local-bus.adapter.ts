import type { BusPort } from '../../application/ports/bus.port.js';

/** One node: there is nobody else to tell. */
export class LocalBusAdapter implements BusPort {
  publish(): void {}

  subscribe(): void {}
}
