import type { Texts } from '../texts/en.ts';

/** The last part of the address of a section, and what its title is called by. */
export type SectionName = keyof Texts['settings']['sections'];
