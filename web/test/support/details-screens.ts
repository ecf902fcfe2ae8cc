import type { Page } from 'playwright-core';
import type { BusyChat } from './busy-chat.ts';
import type { Screen } from './screen.ts';

const press = async (page: Page, name: RegExp): Promise<void> => {
  await page.getByRole('button', { name }).last().click();
  await page.getByRole('dialog').last().waitFor();
};

/** The details of conversations, with the dialogs that open from there. */
export function detailsScreens({ group, direct }: BusyChat): Screen[] {
  const path = `/c/${group}/details`;
  const dialogs: Record<string, RegExp> = {
    settings: /^(Settings of the group|Réglages du groupe)/,
    invites: /^(Invite links|Liens d’invitation)/,
    bans: /^(Banned people|Personnes exclues)/,
    add: /^(Add people|Ajouter des personnes)/,
    leave: /^(Leave|Quitter)/,
    member: /Maximiliane/,
  };
  return [
    {
      name: 'details',
      path,
      open: (page) => page.getByRole('button', { name: /Zoé/ }).waitFor(),
    },
    ...Object.entries(dialogs).map(([name, button]) => ({
      name: `details-${name}`,
      path,
      open: (page: Page) => press(page, button),
    })),
    {
      name: 'direct-details',
      path: `/c/${direct}/details`,
      open: (page) =>
        page
          .getByRole('heading', { name: /Maximiliane/ })
          .last()
          .waitFor(),
    },
  ];
}
