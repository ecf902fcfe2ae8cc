import { createClient, webStorage } from '@causerie/client';
import { CauserieProvider } from '@causerie/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const client = createClient({ storage: webStorage() });

createRoot(document.querySelector('#root') ?? document.body).render(
  <StrictMode>
    <CauserieProvider client={client}>
      <App />
    </CauserieProvider>
  </StrictMode>,
);
