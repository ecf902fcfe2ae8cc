import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './composer.module.css';
import { lengthOf, LONGEST } from './length.ts';

/** From here on people are told how much is left. */
const SHOWN_FROM = 3_800;

/** How much may still be written, or how much is too much. What was pasted is never cut. */
export function LengthNote({ text }: { readonly text: string }): ReactElement | null {
  const { conversation } = useTexts();
  // A text has at most as many code points as code units: most texts need no count.
  if (text.length < SHOWN_FROM) return null;
  const left = LONGEST - lengthOf(text);
  if (left > LONGEST - SHOWN_FROM) return null;
  return (
    <output className={styles.note} data-problem={left < 0}>
      {left < 0 ? conversation.tooLong(-left) : conversation.left(left)}
    </output>
  );
}
