/**
 * The host of a site's address, as stored: scheme, `www.`, port, path and letter case do not tell sites apart. Empty when
 * there is none. The same rule stands in SQL in modules/unified/host.ts; a property test holds the two together.
 */
export function hostOf(address: string): string {
  const bare = address.trim().toLowerCase().replaceAll('https://', '').replaceAll('http://', '');
  const host = bare.split(/[/?#:]/, 1)[0] ?? '';
  return host.startsWith('www.') ? host.slice(4) : host;
}
