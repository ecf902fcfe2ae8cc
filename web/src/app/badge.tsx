import { useTotals } from '@causerie/react';
import { useEffect } from 'react';

const NAME = 'Causerie';
const ICONS = { read: '/favicon.svg', unread: '/favicon-unread.svg' };

/** Shows in the tab how many conversations have something unread. */
export function Badge(): null {
  const { conversations } = useTotals();
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    document.title = conversations > 0 ? `(${conversations}) ${NAME}` : NAME;
    icon?.setAttribute('href', conversations > 0 ? ICONS.unread : ICONS.read);
    return () => {
      document.title = NAME;
      icon?.setAttribute('href', ICONS.read);
    };
  }, [conversations]);
  return null;
}
