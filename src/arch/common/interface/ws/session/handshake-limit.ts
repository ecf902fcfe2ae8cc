import { type IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { SecurityLogPort } from '../../../application/ports/security-log.port.js';
import { recordRefusal } from '../../errors/record-refusal.js';
import { ClientAddresses } from '../../http/server/client-addresses.js';
import { bareCaller } from '../../http/server/bare-caller.js';
import { AddressCeiling } from '../../http/throttling/address-ceiling.js';
import { type EngineRequest, engineOf } from '../engine/engine-connection.js';
import { refuseBelow } from '../engine/refuse-below.js';

/**
 * Counts handshakes and upgrades for their address, as requests are counted; polls of existing connections do not
 * count.
 */
@Injectable()
export class HandshakeLimit {
  constructor(
    private readonly ceiling: AddressCeiling,
    private readonly addresses: ClientAddresses,
    private readonly security: SecurityLogPort,
  ) {}

  watchHandshakes(server: Server): void {
    const { clients } = engineOf(server);
    const isPoll = ({ _query: { sid } }: EngineRequest, response: object): boolean =>
      sid !== undefined && response instanceof ServerResponse && Object.hasOwn(clients, sid);
    const decide = async (request: EngineRequest, response: object, next: () => void): Promise<void> => {
      if (isPoll(request, response) || (await this.admitsHandshake(request, response))) next();
    };
    server.engine.use(guardListener(decide, ({ socket }) => void socket.destroy()));
  }

  private async admitsHandshake(request: IncomingMessage, response: object): Promise<boolean> {
    try {
      await this.ceiling.countAttempt(request);
      return true;
    } catch (error) {
      recordRefusal(this.security, error, bareCaller(request, this.addresses, 'handshake'), undefined);
      refuseBelow(request, response, error);
      return false;
    }
  }
}
