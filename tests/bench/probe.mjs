/** Loaded before a server: answers each message of the bench with what the process has used so far. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMilliseconds: (user + system) / 1000, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
});
// The bench listening must not keep a server alive that wants to end.
process.channel?.unref();
