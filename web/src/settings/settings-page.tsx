import { isCauserieError } from '@causerie/client';
import { useClient } from '@causerie/react';
import { ArrowLeft } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { chooseEnterKey, chosenEnterKey, ENTER_KEYS } from '../composer/enter-key.ts';
import { chooseLanguage, chosenLanguage, LANGUAGES, type Language } from '../texts/language.ts';
import { useTexts } from '../texts/texts-context.ts';
import { chosenTheme, chooseTheme, THEMES } from '../theme/theme.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { showToast } from '../ui/toast-state.ts';
import styles from './settings-page.module.css';

/** What one chooses for this device, and the way out. */
export function SettingsPage(): ReactElement {
  const { settings: say, common, composer } = useTexts();
  const [, navigate] = useLocation();
  const languages: Record<Language, string> = { en: say.english, fr: say.french };
  const enterKeys = { send: composer.enterSends, break: composer.enterBreaks };
  const themes = { system: say.themeSystem, light: say.themeLight, dark: say.themeDark };
  return (
    <section className={styles.page}>
      <header className={styles.header}>
        <IconButton icon={ArrowLeft} label={common.back} onClick={() => navigate('/')} />
        <h1>{say.settings}</h1>
      </header>
      <Choice
        label={say.language}
        options={[
          { value: '', text: say.languageOfBrowser },
          ...LANGUAGES.map((value) => ({ value, text: languages[value] })),
        ]}
        initial={chosenLanguage() ?? ''}
        onChoose={(value) => {
          chooseLanguage(LANGUAGES.find((language) => language === value) ?? null);
          location.reload();
        }}
      />
      <Choice
        label={say.theme}
        options={THEMES.map((value) => ({ value, text: themes[value] }))}
        initial={chosenTheme()}
        onChoose={chooseTheme}
      />
      <Choice
        label={composer.enterKey}
        options={ENTER_KEYS.map((value) => ({ value, text: enterKeys[value] }))}
        initial={chosenEnterKey()}
        onChoose={chooseEnterKey}
      />
      <LogOut />
    </section>
  );
}

function LogOut(): ReactElement {
  const { session: say, common } = useTexts();
  const { session } = useClient();
  async function logOut(): Promise<void> {
    try {
      await session.logout();
    } catch (error) {
      if (!isCauserieError(error, 'UNSENT_MESSAGES')) showToast(common.failed);
      else if (confirm(say.unsent)) await session.logout({ discard: true });
    }
  }
  return (
    <Button look="danger" onClick={() => void logOut()}>
      {say.logOut}
    </Button>
  );
}
