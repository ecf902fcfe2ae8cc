import { type ReactElement, useState } from 'react';
import type { IconComponent } from '../ui/create-icon.tsx';
import { BellOff } from '../ui/icons.ts';
import { BellRing, TriangleAlert } from '../ui/later-icons.ts';
import {
  type NotificationState,
  notificationState,
  turnOffNotifications,
  turnOnNotifications,
} from '../notifications/notification-state.ts';
import { useNotificationState } from '../notifications/use-notification-state.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { Button } from '../ui/button.tsx';
import { Section } from './section.tsx';
import styles from './settings.module.css';

const ICONS: Readonly<Record<NotificationState, IconComponent>> = {
  on: BellRing,
  off: BellOff,
  denied: TriangleAlert,
  unsupported: TriangleAlert,
};

/** Turns notifications on and off for this device: the only place where the browser is asked for them. */
export function NotificationsSection(): ReactElement {
  const say = useSettingsTexts();
  const state = useNotificationState();
  const [wasIgnored, setIgnored] = useState(false);
  const Icon = ICONS[state];
  const isOn = state === 'on';
  const states = { on: say.areOn, off: say.areOff, denied: say.areDenied, unsupported: say.areUnsupported };
  async function turnOn(): Promise<void> {
    await turnOnNotifications(say.firstNotification);
    setIgnored(notificationState() === 'off');
  }
  return (
    <Section name="notifications">
      <p>{say.notificationsText}</p>
      <div className={styles.group}>
        <output className={styles.state}>
          <Icon size={20} strokeWidth={1.75} />
          <strong>{states[state]}</strong>
        </output>
        {state === 'denied' && <p>{say.howToAllow}</p>}
        {state === 'off' && wasIgnored && <p>{say.notAllowed}</p>}
        {(state === 'off' || state === 'on') && (
          <Button
            look={isOn ? 'plain' : 'main'}
            onClick={() => (isOn ? turnOffNotifications() : void turnOn())}
          >
            {isOn ? say.turnOff : say.turnOn}
          </Button>
        )}
      </div>
      <p className={styles.quiet}>{say.notificationsRules}</p>
    </Section>
  );
}
