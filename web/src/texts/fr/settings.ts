import type { settings as English } from '../en/settings.ts';

export const settings: typeof English = {
  settings: 'Réglages',
  language: 'Langue',
  languageOfBrowser: 'Celle du navigateur',
  english: 'English',
  french: 'Français',
  theme: 'Apparence',
  themeSystem: 'Celle de l’appareil',
  themeLight: 'Claire',
  themeDark: 'Sombre',
};
