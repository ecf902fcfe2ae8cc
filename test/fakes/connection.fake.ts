import { EventEmitter } from 'node:events';
import type { Connection } from '../../src/arch/common/interface/ws/engine/engine-connection.js';

/** engine.io's side of a connection whose peer does nothing. */
export class ConnectionFake extends EventEmitter {
  readonly server = { opts: { pingInterval: 25_000 } };
  readonly transport = { name: 'polling' };
  readyState = 'open';
  pings = 0;

  get real(): Connection {
    return this as unknown as Connection;
  }

  sendPacket(): void {
    this.pings += 1;
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.emit('close');
  }
}
