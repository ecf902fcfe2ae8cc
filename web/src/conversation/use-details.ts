import { useLocation, useRoute } from 'wouter';
import { conversationAddress, detailsAddress } from '../app/addresses.ts';
import { leaveTo, OPENED_HERE } from '../app/opened-here.ts';

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
    open: () => navigate(detailsAddress(id), { state: OPENED_HERE }),
    close: () => leaveTo(conversationAddress(id), navigate),
  };
}
