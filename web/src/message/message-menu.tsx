import { Menu, MenuItem, useMenuStore } from '@ariakit/react/menu';
import type { Message } from '@causerie/client';
import {
  type Dispatch,
  type ReactElement,
  type RefObject,
  type SetStateAction,
  useLayoutEffect,
} from 'react';
import type { IconComponent } from '../ui/create-icon.tsx';
import { MessagesSquare, Pin } from '../ui/icons.ts';
import { Copy, Hash, History, Mail, Pencil, PinOff, Trash2 } from '../ui/later-icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './message-menu.module.css';
import type { Opened } from './opened.ts';
import type { Allowed } from './rights.ts';
import { type MenuAction, useMenuActions } from './use-menu-actions.ts';

interface MessageMenuProps {
  readonly message: Message;
  readonly allowed: Allowed;
  readonly row: RefObject<HTMLElement | null>;
  readonly opener: RefObject<HTMLElement | null>;
  readonly onOpen: Dispatch<SetStateAction<Opened>>;
}

const ICONS: Readonly<Record<MenuAction['kind'], IconComponent>> = {
  thread: MessagesSquare,
  edit: Pencil,
  history: History,
  pin: Pin,
  unpin: PinOff,
  text: Copy,
  link: Hash,
  unread: Mail,
  delete: Trash2,
};

/** Everything that can be done with a message. */
export function MessageMenu({ message, allowed, row, opener, onOpen }: MessageMenuProps): ReactElement {
  const { message: say } = useTexts();
  const actions = useMenuActions(message, allowed, onOpen);
  const store = useMenuStore({
    defaultOpen: true,
    placement: 'bottom-end',
    setOpen(isOpen) {
      if (isOpen) return;
      // A click elsewhere, and what an action has opened, have taken the focus already.
      if (document.activeElement?.closest('[role=menu]')) opener.current?.focus();
      onOpen((now) => (now === 'menu' ? null : now));
    },
  });
  useLayoutEffect(() => {
    store.setAnchorElement(opener.current);
    store.setAutoFocusOnShow(true);
    // Nothing is chosen before a finger chooses it.
    store.setInitialFocus(matchMedia('(pointer: coarse)').matches ? 'container' : 'first');
  }, [store, opener]);
  return (
    <Menu
      store={store}
      portal
      gutter={4}
      getAnchorRect={(button) => anchorRect(button, row.current)}
      overflowPadding={8}
      autoFocusOnShow
      autoFocusOnHide={false}
      className={styles.menu}
      aria-label={say.actions}
    >
      {actions.map(({ kind, text, act }) => {
        const Icon = ICONS[kind];
        return (
          <MenuItem
            key={kind}
            className={styles.item}
            data-danger={kind === 'delete'}
            onClick={() => {
              opener.current?.focus();
              act();
            }}
          >
            <Icon size={18} strokeWidth={1.75} />
            {text}
          </MenuItem>
        );
      })}
    </Menu>
  );
}

/** On touch screens what stands beside the menu is the message with its buttons, unless that leaves the menu no room. */
function anchorRect(button: HTMLElement | null, row: HTMLElement | null): DOMRect | null {
  if (!button || !row) return null;
  const [one, other] = [button.getBoundingClientRect(), row.getBoundingClientRect()];
  const top = Math.min(one.top, other.top);
  const height = Math.max(one.bottom, other.bottom) - top;
  const isTooHigh = height > innerHeight / 3;
  return isTooHigh || !matchMedia('(pointer: coarse)').matches
    ? one
    : new DOMRect(one.x, top, one.width, height);
}
