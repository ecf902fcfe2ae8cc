import type { CauserieClient } from '@causerie/client';
import { createContext, useContext } from 'react';

/** The client of the nearest `CauserieProvider`. Its value never changes with a message. */
export const ClientContext = createContext<CauserieClient | null>(null);

/**
 * The client of the nearest `CauserieProvider`.
 *
 * @throws Error without a provider
 */
export function useClient(): CauserieClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('There is no <CauserieProvider> around this component.');
  return client;
}
