import type { CauserieClient } from '@causerie/client';
import { type ReactNode, useEffect } from 'react';
import { ClientContext } from './client-context.ts';

/** What `CauserieProvider` takes. */
export interface CauserieProviderProps {
  /** Made once, outside of the components; it is not closed when the provider is unmounted. */
  readonly client: CauserieClient;
  /** The components that use the hooks. */
  readonly children?: ReactNode;
}

/** Gives the client to the hooks below it, finds out who is signed in, and keeps the connection while it is mounted. */
export function CauserieProvider({ client, children }: CauserieProviderProps) {
  useEffect(() => {
    void client.session.restore();
    return client.connect();
  }, [client]);
  return <ClientContext.Provider value={client}>{children}</ClientContext.Provider>;
}
