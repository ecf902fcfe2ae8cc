import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CauserieProvider } from '../../src/public-api.ts';
import { client } from './client.ts';
import { Greeting } from './greeting.tsx';

createRoot(document.querySelector('#root') ?? document.body).render(
  <StrictMode>
    <CauserieProvider client={client}>
      <Greeting />
    </CauserieProvider>
  </StrictMode>,
);
