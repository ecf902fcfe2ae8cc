// Loaded into every server before its own program (--import), so that the server ends when the benchmark is killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// A referenced channel would keep the process alive.
process.channel?.unref();
