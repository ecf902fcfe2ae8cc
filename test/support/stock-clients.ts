import { io as newest } from 'socket.io-client';
import { io as client40 } from 'socket.io-client-4.0';
import { io as client44 } from 'socket.io-client-4.4';
import { io as client45 } from 'socket.io-client-4.5';

/** The supported stock clients, by their version: the first version of each change in behaviour. */
export const STOCK_CLIENTS: Readonly<Record<string, typeof newest>> = {
  '4.0': client40,
  '4.4': client44 as unknown as typeof newest,
  '4.5': client45 as unknown as typeof newest,
  '4.8': newest,
};
