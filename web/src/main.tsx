import './theme/theme.css';
import { createClient, webStorage } from '@causerie/client';
import { CauserieProvider } from '@causerie/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { makeRoomForKeyboard } from './app/keyboard.ts';
import { reloadWhenOutdated } from './app/outdated.ts';
import { acceptTokensOfEmbedder } from './session/embedding.ts';
import { prepareSignedOut } from './session/load-signed-out.ts';
import { currentLanguage } from './texts/language.ts';
import { loadTexts } from './texts/load-texts.ts';
import { SpeechContext } from './texts/texts-context.ts';
import { applyTheme, chosenTheme } from './theme/theme.ts';

const root = document.querySelector('#root');
const language = currentLanguage();
const client = createClient({ storage: webStorage() });

reloadWhenOutdated();
makeRoomForKeyboard();
acceptTokensOfEmbedder(client.session);
applyTheme(chosenTheme());
document.documentElement.lang = language;
/** The texts need modules of this file, so that it must not wait for them at its top level. */
async function start(): Promise<void> {
  const [texts] = await Promise.all([loadTexts(language), prepareSignedOut(client.session)]);
  if (root)
    createRoot(root).render(
      <StrictMode>
        <SpeechContext value={{ language, texts }}>
          <CauserieProvider client={client}>
            <App />
          </CauserieProvider>
        </SpeechContext>
      </StrictMode>,
    );
}

void start();
