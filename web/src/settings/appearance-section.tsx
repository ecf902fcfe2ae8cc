import type { ReactElement } from 'react';
import { chooseEnterKey, chosenEnterKey, ENTER_KEYS } from '../composer/enter-key.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { chooseLanguage, chosenLanguage, LANGUAGES, type Language } from '../texts/language.ts';
import { useTexts } from '../texts/texts-context.ts';
import { chosenTheme, chooseTheme, THEMES } from '../theme/theme.ts';
import { Choice } from '../ui/choice.tsx';
import { showToast } from '../ui/toast-state.ts';
import { Section } from './section.tsx';

/** What one chooses for this device. */
export function AppearanceSection(): ReactElement {
  const say = useSettingsTexts();
  const { common, composer } = useTexts();
  const languages: Record<Language, string> = { en: say.english, fr: say.french };
  const enterKeys = { send: composer.enterSends, break: composer.enterBreaks };
  const themes = { system: say.themeSystem, light: say.themeLight, dark: say.themeDark };
  return (
    <Section name="appearance">
      <Choice
        label={say.language}
        options={[
          { value: '', text: say.languageOfBrowser },
          ...LANGUAGES.map((value) => ({ value, text: languages[value] })),
        ]}
        initial={chosenLanguage() ?? ''}
        onChoose={(value) => {
          const isKept = chooseLanguage(LANGUAGES.find((language) => language === value) ?? null);
          // A browser that does not keep it would forget who is logged in, too.
          if (isKept) location.reload();
          else showToast(common.failed);
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
    </Section>
  );
}
