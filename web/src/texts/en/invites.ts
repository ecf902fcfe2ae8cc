export const invites = {
  invited: 'You are invited to',
  isMember: 'You are a member already of',
  join: 'Join',
  open: 'Open',
  leadsNowhere: 'This invite leads nowhere: it has expired, is used up or revoked, or never was one.',
};
