import { settings as en } from './en/settings.ts';
import { settings as fr } from './fr/settings.ts';
import type { Language } from './language.ts';
import { useSpeech } from './texts-context.ts';

/** The texts of the settings, which come with those: few people who come read them. */
export type SettingsTexts = typeof en;

export const SETTINGS_TEXTS: Readonly<Record<Language, SettingsTexts>> = { en, fr };

export const useSettingsTexts = (): SettingsTexts => SETTINGS_TEXTS[useSpeech().language];
