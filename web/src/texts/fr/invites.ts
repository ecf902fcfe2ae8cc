import type { invites as English } from '../en/invites.ts';

export const invites: typeof English = {
  invited: 'Vous êtes invité dans',
  isMember: 'Vous êtes déjà membre de',
  join: 'Rejoindre',
  open: 'Ouvrir',
  leadsNowhere:
    'Cette invitation ne mène nulle part : elle a expiré, a trop servi, a été révoquée, ou n’a jamais existé.',
};
