// The first import of every program: a later import that needs a newer Node would end it with a stack.
const { node } = process.versions;
const [major = 0, minor = 0] = node.split('.').map(Number);

// The range of `engines` in package.json: 25 and older versions lack `randomUUIDv7` of node:crypto.
if (!(major >= 26 || (major === 24 && minor >= 16))) {
  process.stderr.write(
    `Causerie needs Node 24.16 or newer (not 25), this is ${node}: \`pnpm start\` brings node_modules/.bin/node.\n`,
  );
  process.exit(1);
}
