// Runs on any Node there is, to say which it must be.

/** Whether a Node of this version has what Causerie calls: `engines` of package.json says the same. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 26 || (major === 24 && minor >= 16);
}
