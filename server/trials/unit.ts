import { hostOf } from '../reports/shapes/host.js';

/** One host and product: what the trial funnel counts, however many trials a site has had. */
export interface TrialUnit {
  host: string;
  productSlug: string;
}

const LONGEST = 255;

/** The unit that a site's address and a product name; null when there is no telling, or it is longer than our columns. */
export function unitOf(siteUrl: string, productSlug: string): TrialUnit | null {
  const unit = { host: plain(hostOf(siteUrl)), productSlug: productKey(productSlug) };
  const readable = Object.values(unit).every((part) => part !== '' && part.length <= LONGEST);
  return readable ? unit : null;
}

/** A product as the units hold it. */
export function productKey(productSlug: string): string {
  return plain(productSlug.trim().toLowerCase());
}

/**
 * A text that every collation compares letter by letter: what is not ASCII is escaped, and so are blanks. Without it a
 * unique index on MySQL would take `müller` and `muller`, or a host and the same with a blank behind it, for one.
 */
function plain(text: string): string {
  // Half a surrogate pair cannot be escaped.
  return encodeURI(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}
