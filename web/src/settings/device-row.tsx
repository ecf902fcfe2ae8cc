import type { Device } from '@causerie/client';
import type { ReactElement, ReactNode } from 'react';
import { Monitor, Smartphone } from '../ui/later-icons.ts';
import { timeAgo } from '../details/time-ago.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useSpeech } from '../texts/texts-context.ts';
import rows from '../ui/rows.module.css';
import { deviceName } from './device-name.ts';
import styles from './settings.module.css';

interface DeviceRowProps {
  readonly device: Device;
  /** What can be done with it. */
  readonly children?: ReactNode;
}

/** What a device is called: its browser and system, or what it says of itself. */
export function useDeviceName(): (device: Device) => string {
  const say = useSettingsTexts();
  return ({ userAgent }) => {
    const { browser, system } = deviceName(userAgent ?? '');
    if (browser !== undefined && system !== undefined) return say.deviceOn(browser, system);
    return browser ?? system ?? userAgent ?? say.unknownDevice;
  };
}

/** A login: the device, when it was used last, and from where. */
export function DeviceRow({ device, children }: DeviceRowProps): ReactElement {
  const { language } = useSpeech();
  const say = useSettingsTexts();
  const nameOf = useDeviceName();
  const Icon = /Mobile|Android/.test(device.userAgent ?? '') ? Smartphone : Monitor;
  return (
    <div className={styles.device}>
      <Icon size={20} strokeWidth={1.75} />
      <span className={rows.text}>
        <bdi>{nameOf(device)}</bdi>
        <small>
          {say.lastUsed(timeAgo(language, device.lastUsedAt))}
          {device.ip !== null && ` · ${device.ip}`}
        </small>
      </span>
      {children}
    </div>
  );
}
