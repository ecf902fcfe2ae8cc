import { keepChoice, readChoice } from '../app/device-choices.ts';

/** The languages that the client speaks, the first one where no other fits. */
export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'causerie.language';

const isLanguage = (tag: string): tag is Language => (LANGUAGES as readonly string[]).includes(tag);

/** The language that was chosen on this device; null when it is that of the browser. */
export function chosenLanguage(): Language | null {
  const chosen = readChoice(KEY) ?? '';
  return isLanguage(chosen) ? chosen : null;
}

/** Null: that of the browser. It is spoken from the next load of the page on, if it is kept. */
export const chooseLanguage = (language: Language | null): boolean => keepChoice(KEY, language);

/** The first language of the browser that the client speaks, unless another one was chosen. */
export function currentLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.split('-', 1)[0] ?? '');
  return chosenLanguage() ?? wanted.find(isLanguage) ?? LANGUAGES[0];
}
