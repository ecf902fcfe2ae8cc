import { createContext, useContext } from 'react';
import type { Texts } from './en.ts';
import type { Language } from './language.ts';

/** What people read, and the language that it is written in. */
export interface Speech {
  readonly language: Language;
  readonly texts: Texts;
}

export const SpeechContext = createContext<Speech | undefined>(undefined);

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('The texts are not loaded.');
  return speech;
}

export const useTexts = (): Texts => useSpeech().texts;
