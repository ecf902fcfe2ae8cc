import type { SocketEvents } from './common/interface/ws/document/asyncapi.js';
import { sessionEvents } from './common/interface/ws/session/session-events.js';
import { clientEvents } from './modules/chat/interface/ws/dto/client-events.js';
import { serverEvents } from './modules/chat/interface/ws/dto/server-events.js';
import { userServerEvents } from './modules/chat/interface/ws/dto/user-events.js';
import {
  presenceClientEvents,
  presenceServerEvents,
} from './modules/presence/interface/ws/dto/presence-events.js';

/** The events of all gateways of `/chat`, collected from the modules: the document of the socket describes them in this order. */
export const SOCKET_EVENTS: SocketEvents = {
  client: { ...clientEvents, ...presenceClientEvents },
  server: { ...sessionEvents, ...serverEvents, ...userServerEvents, ...presenceServerEvents },
};
