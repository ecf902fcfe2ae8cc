import { useTexts } from '../texts/texts-context.ts';
import { errorText } from './error-text.ts';
import { showToast } from './toast-state.ts';

/** Does something, and answers whether it was done; when it was not, a note says why. */
export function useAttempt(): (action: () => unknown, done?: string) => Promise<boolean> {
  const texts = useTexts();
  return async (action, done) => {
    try {
      await action();
      if (done !== undefined) showToast(done);
      return true;
    } catch (error) {
      showToast(errorText(texts, error));
      return false;
    }
  };
}
