import { readFileSync } from 'node:fs';

/** Loaded before a server: answers each message of the bench with what the process has used so far. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMilliseconds: (user + system) / 1000, peakMegabytes: peakKilobytes() / 1024 });
});
// The bench listening must not keep a server alive that wants to end.
process.channel?.unref();

/** Linux counts into `maxRSS` what the process that started this one held then, which is the bench and its data. */
function peakKilobytes() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}
