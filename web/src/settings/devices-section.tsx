import type { Device } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import { orDoneBefore } from '../details/done-before.ts';
import { RowAction } from '../details/row-action.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { PageRows } from '../ui/page-rows.tsx';
import { usePages } from '../ui/use-pages.ts';
import { DeviceRow, useDeviceName } from './device-row.tsx';
import { EndOthers } from './end-others.tsx';
import { Group } from './group.tsx';
import { Section } from './section.tsx';

/** Where one is logged in, and how to end that elsewhere. */
export function DevicesSection(): ReactElement {
  const say = useSettingsTexts();
  const { session } = useClient();
  const nameOf = useDeviceName();
  const devices = usePages<Device>(useCallback((cursor) => session.listDevices(cursor), [session]));
  const current = devices.items?.find((device) => device.current);
  const others = devices.items?.filter((device) => !device.current) ?? null;
  async function end({ id }: Device): Promise<void> {
    await orDoneBefore(session.endDevice(id), 'SESSION_NOT_FOUND');
    devices.change((items) => items.filter((device) => device.id !== id));
  }
  return (
    <Section name="devices" needsConnection>
      {current && (
        <Group title={say.thisDevice}>
          <DeviceRow device={current} />
        </Group>
      )}
      <Group title={say.otherDevices} isList>
        <PageRows
          pages={{ ...devices, items: others }}
          label={say.otherDevices}
          empty={say.onlyThis}
          keyOf={({ id }) => id}
          renderRow={(device) => (
            <DeviceRow device={device}>
              <RowAction
                text={say.endDevice}
                label={say.endDeviceName(nameOf(device))}
                perform={() => end(device)}
              />
            </DeviceRow>
          )}
        />
        {others && others.length > 0 && (
          <EndOthers onEnded={() => devices.change((items) => items.filter((device) => device.current))} />
        )}
      </Group>
    </Section>
  );
}
