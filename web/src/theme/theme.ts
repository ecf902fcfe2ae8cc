import { keepChoice, readChoice } from '../app/device-choices.ts';

/** How the client looks; `system` is what the device asks for. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'causerie.theme';

export function chosenTheme(): Theme {
  const chosen = readChoice(KEY);
  return THEMES.find((theme) => theme === chosen) ?? 'system';
}

export function chooseTheme(theme: Theme): void {
  keepChoice(KEY, theme);
  applyTheme(theme);
}

export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
}
