// This file must run on every version of Node, because it checks the version.

/** Whether Causerie runs on this version of Node, such as `24.16.0`; `engines` of package.json states the same. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 26 || (major === 24 && minor >= 16);
}
