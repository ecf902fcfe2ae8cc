// Loaded into every server before its own program (--import): a benchmark that is killed leaves none behind.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Or the channel would keep the server from ending.
process.channel?.unref();
