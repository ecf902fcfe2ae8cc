import type { SettingsTexts } from '../texts/settings-texts.ts';

/** The last part of the address of a section, and what its title is called by. */
export type SectionName = keyof SettingsTexts['sections'];
