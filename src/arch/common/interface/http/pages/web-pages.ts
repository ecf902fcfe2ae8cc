/** The addresses of the web client. All of them are the same page, which shows what its address names. */
export const WEB_PAGES: readonly string[] = [
  '/',
  '/login',
  '/signup',
  '/new',
  '/c/:id',
  '/c/:id/m/:seq',
  '/c/:id/t/:messageId',
  '/c/:id/details',
  '/i/:token',
  '/threads',
  '/mentions',
  '/settings',
  '/settings/profile',
  '/settings/devices',
  '/settings/notifications',
  '/settings/privacy',
];
