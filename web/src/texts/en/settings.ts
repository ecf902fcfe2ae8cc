export const settings = {
  settings: 'Settings',
  language: 'Language',
  languageOfBrowser: 'As the browser',
  english: 'English',
  french: 'Français',
  theme: 'Look',
  themeSystem: 'As the device',
  themeLight: 'Light',
  themeDark: 'Dark',
};
