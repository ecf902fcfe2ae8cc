import { useEffect } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import type { PartFailedProps } from './part-failed.tsx';
import { showToast } from './toast-state.ts';

/** In the place of what could not be loaded and can be opened again: says so, and closes it. */
export function FailedNote({ onClose }: PartFailedProps): null {
  const { common } = useTexts();
  useEffect(() => {
    showToast(common.noAnswer);
    onClose?.();
  }, [common, onClose]);
  return null;
}
