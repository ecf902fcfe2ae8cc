import { useLocation, useRoute } from 'wouter';
import { conversationAddress, detailsAddress } from '../app/addresses.ts';

/** Left in the history by the button: the conversation is the entry before. */
const FROM_CONVERSATION = { isFromConversation: true };

interface Details {
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

/** Whether the details of a conversation are shown, which have an address of their own. */
export function useDetails(id: string): Details {
  const [isOpen] = useRoute(detailsAddress(id));
  const [, navigate] = useLocation();
  return {
    isOpen,
    open: () => navigate(detailsAddress(id), { state: FROM_CONVERSATION }),
    close() {
      const state = history.state as Partial<typeof FROM_CONVERSATION> | null;
      if (state?.isFromConversation) history.back();
      else navigate(conversationAddress(id), { replace: true });
    },
  };
}
