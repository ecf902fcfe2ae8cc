import { keepChoice, readChoice } from '../app/device-choices.ts';

/** What Enter does in the composer; the other one is done with Ctrl or Shift. */
export const ENTER_KEYS = ['send', 'break'] as const;
export type EnterKey = (typeof ENTER_KEYS)[number];

const KEY = 'causerie.enter';

/** On touch keyboards there is no Shift with Enter: there it breaks the line, unless something was chosen. */
export function chosenEnterKey(): EnterKey {
  const chosen = readChoice(KEY);
  const usual = matchMedia('(pointer: coarse)').matches ? 'break' : 'send';
  return ENTER_KEYS.find((key) => key === chosen) ?? usual;
}

export const chooseEnterKey = (key: EnterKey): void => void keepChoice(KEY, key);
