import type { ComponentType } from 'react';
import type { IconComponent } from '../ui/create-icon.tsx';
import { Bell, Lock, MonitorSmartphone, Palette, UserRound } from '../ui/later-icons.ts';
import { AppearanceSection } from './appearance-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import type { SectionName } from './section-name.ts';

interface SectionEntry {
  readonly name: SectionName;
  readonly path: string;
  readonly icon: IconComponent;
  readonly Section: ComponentType;
}

const section = (name: SectionName, icon: IconComponent, Section: ComponentType): SectionEntry => ({
  name,
  path: `/settings/${name}`,
  icon,
  Section,
});

/** The sections of the settings in their order; the server knows their addresses. */
export const SECTIONS: readonly SectionEntry[] = [
  section('profile', UserRound, ProfileSection),
  section('privacy', Lock, PrivacySection),
  section('devices', MonitorSmartphone, DevicesSection),
  section('notifications', Bell, NotificationsSection),
  section('appearance', Palette, AppearanceSection),
];
