import type { Figures, Measurement } from './measure.js';
import type { Usage } from './servers.js';

const MEMORY_LIMIT_MB = 300;

interface Peaks {
  seatwise: Usage;
  bare: Usage;
}

const columns: readonly { key: keyof Figures; title: string }[] = [
  { key: 'requestsPerSecond', title: 'requests/s' },
  { key: 'p50', title: 'p50 ms' },
  { key: 'p99', title: 'p99 ms' },
  { key: 'cpu', title: 'CPU ms/request' },
];

/** The figures as a table, then a line for each aim. Ratios are Seatwise / bare; times mean nothing on another machine. */
export function report(measurements: readonly Measurement[], peaks: Peaks): string {
  const header = ['', '', ...['Seatwise', 'bare', 'ratio']];
  const rows = measurements.flatMap(({ scenario, seatwise, bare }) =>
    columns.map(({ key, title }, index) => [index === 0 ? scenario.name : '', title, figure(seatwise[key]), figure(bare[key]), ratio(seatwise[key], bare[key])]),
  );
  const memory = ['both together', 'peak memory MB', figure(peaks.seatwise.peakMegabytes), figure(peaks.bare.peakMegabytes), ratio(peaks.seatwise.peakMegabytes, peaks.bare.peakMegabytes)];
  return [...aligned([header, ...rows, memory]), '', ...aims(measurements, peaks)].join('\n');
}

function aims(measurements: readonly Measurement[], { seatwise }: Peaks): string[] {
  const lines = measurements.flatMap(({ scenario: { name, aim }, seatwise: { requestsPerSecond: ours }, bare: { requestsPerSecond: theirs } }) =>
    aim === undefined ? [] : [`${verdict(ours / theirs >= aim)}  ${name}: ${ratio(ours, theirs)} of the bare server's requests per second, aim ${aim}`],
  );
  const peak = seatwise.peakMegabytes;
  return [...lines, `${verdict(peak < MEMORY_LIMIT_MB)}  memory: at most ${figure(peak)} MB, aim below ${MEMORY_LIMIT_MB} MB`];
}

const verdict = (met: boolean): string => (met ? 'met    ' : 'NOT MET');
const ratio = (ours: number, theirs: number): string => (ours / theirs).toFixed(2);
const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
}
