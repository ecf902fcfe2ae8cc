import { indexedDbStorage } from '../../src/defaults/indexed-db-storage.ts';
import { webStorage } from '../../src/defaults/web-storage.ts';
import { realClient } from './real-client.ts';

/** What a page of the test offers to the test. */
export const openClient = (kind: 'web' | 'indexed') =>
  realClient(location.origin, { storage: kind === 'web' ? webStorage() : indexedDbStorage() });
