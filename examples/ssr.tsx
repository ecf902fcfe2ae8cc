// Rendering on a server: the client touches nothing until a browser connects, so that both render the same at first.
import { createClient } from '@causerie/client';
import { CauserieProvider, useConversations, useSession } from '@causerie/react';
import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';

function Page(): ReactElement {
  const { status } = useSession();
  const { items } = useConversations();
  return <main>{status === 'unknown' ? 'Loading …' : `${items.length} conversations`}</main>;
}

/** The HTML of the page. The browser hydrates it with the same components, and a client of its own. */
export function renderPage(url: string): string {
  return renderToString(
    <CauserieProvider client={createClient({ url })}>
      <Page />
    </CauserieProvider>,
  );
}
