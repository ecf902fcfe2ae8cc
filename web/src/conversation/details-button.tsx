import { type ReactElement, useEffect, useRef } from 'react';
import { Info } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { isFocusOutside } from '../ui/where-focus.ts';
import { useDetails } from './use-details.ts';

/** Opens the details of a conversation, and closes them; the focus that was in them returns to it. */
export function DetailsButton({ id }: { readonly id: string }): ReactElement {
  const { conversation } = useTexts();
  const { isOpen, open, close } = useDetails(id);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && !isFocusOutside(null)) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <IconButton
      ref={button}
      icon={Info}
      label={conversation.details}
      aria-expanded={isOpen}
      onClick={isOpen ? close : open}
    />
  );
}
