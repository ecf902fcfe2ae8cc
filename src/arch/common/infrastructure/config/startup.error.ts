/** The server cannot start for a reason that its operator can correct; shown as one line, without a stack. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
