import type { Texts } from './en.ts';
import type { Language } from './language.ts';

const LOADERS: Readonly<Record<Language, () => Promise<{ readonly texts: Texts }>>> = {
  en: () => import('./en.ts'),
  fr: () => import('./fr.ts'),
};

/** Loads the texts of one language, and none of the others. */
export const loadTexts = async (language: Language): Promise<Texts> => (await LOADERS[language]()).texts;
