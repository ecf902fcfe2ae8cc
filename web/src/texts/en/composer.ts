export const composer = {
  replyTo: (name: string) => `Reply to ${name}:`,
  editing: 'Your message is being edited.',
  recalled: 'This message was not sent.',
  onlyAdmins: 'Only the owner and the admins write here.',
  mention: 'People to mention',
  wordForEverybody: 'all',
  everybody: 'Everybody here',
  enterKey: 'Enter key',
  enterSends: 'Sends the message',
  enterBreaks: 'Begins a new line; Ctrl and Enter sends',
};
