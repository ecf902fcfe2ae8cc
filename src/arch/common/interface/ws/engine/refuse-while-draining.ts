import { ServerResponse } from 'node:http';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import type { InFlightWork } from '../../../application/in-flight-work.js';
import { ShuttingDownError } from '../../../domain/errors/shutting-down.error.js';
import type { EngineRequest } from './engine-connection.js';
import { refuseBelow } from './refuse-below.js';

/** While the server drains, handshakes and upgrades get 503; polls of existing connections are served. */
export function refuseWhileDraining({ engine }: Server, work: InFlightWork): void {
  const decide = (request: EngineRequest, response: object, next: () => void): void => {
    const { _query: query } = request;
    const isPoll = Boolean(query.sid) && response instanceof ServerResponse;
    if (!work.isDraining || isPoll) next();
    else refuseBelow(request, response, new ShuttingDownError());
  };
  engine.use(guardListener(decide, ({ socket }) => void socket.destroy()));
}
