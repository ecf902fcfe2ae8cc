import { useClient } from '@causerie/react';
import { useTexts } from '../texts/texts-context.ts';
import { errorText } from './error-text.ts';
import { showToast } from './toast-state.ts';

/** Does something, and answers whether it was done; when it was not, a note says why, unless somebody has logged out since. */
export function useAttempt(): (action: () => unknown, done?: string) => Promise<boolean> {
  const texts = useTexts();
  const { session } = useClient();
  const userId = (): string | undefined => session.state.getSnapshot().user?.id;
  return async (action, done) => {
    const ofUser = userId();
    try {
      await action();
      if (done !== undefined) showToast(done);
      return true;
    } catch (error) {
      if (ofUser === userId()) showToast(errorText(texts, error));
      return false;
    }
  };
}
