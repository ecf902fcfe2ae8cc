import type { Pool } from 'pg';
import type { Room, User } from '../setup/population.js';
import type { ServerProcess } from './server-process.js';

/** A server under load, its database, and how to insert data without using the server. */
export interface Contestant {
  readonly name: string;
  readonly server: ServerProcess;
  readonly database: Pool;
  /** Whether every socket must receive a room's messages in order; the baseline does not promise it. */
  readonly ordered: boolean;
  addUsers(users: readonly User[]): Promise<void>;
  addRooms(rooms: readonly Room[]): Promise<void>;
  stop(): Promise<void>;
}

/** Settings that are the same for all servers of a run. */
export interface ServerSettings {
  readonly secret: string;
  readonly poolSize: number;
  /** An empty folder. */
  readonly folder: string;
  /** Node's own arguments. */
  readonly nodeArguments?: readonly string[];
  /** The checkout whose build runs, where it is not this one. */
  readonly checkout?: string | undefined;
}
