import { createHash } from 'node:crypto';
import { checkText } from '../change/checks.js';
import type { Faults } from '../change/refusal.js';
import type { BrandingRow } from './entity.js';
import { readImage } from './image.js';

const MAX_NAME_LENGTH = 60;
const MAX_LOGO_BYTES = 102_400;
const MAX_LOGO_PIXELS = 2000;
const KINDS = 'a PNG, JPEG or WebP image';

/** The name in place of Seatwise's. */
export function checkDisplayName(faults: Faults, name: string): string {
  return checkText(faults, 'displayName', 'Name', name, MAX_NAME_LENGTH);
}

/** An accent in lower case; null for none. */
export function checkAccent(faults: Faults, accent: string | null | undefined): string | null {
  if (accent == null) return null;
  if (!/^#[0-9a-f]{6}$/i.test(accent)) faults.add('accent', 'INVALID', 'The accent is a colour such as #0a7d55.');
  return accent.toLowerCase();
}

type Logo = Pick<BrandingRow, 'logoType' | 'logoBytes' | 'logoSha256' | 'logo'>;

/** The columns of a logo given in base64; all null for none. What it is says its content alone. */
export function checkLogo(faults: Faults, text: string | null): Logo {
  const none: Logo = { logoType: null, logoBytes: null, logoSha256: null, logo: null };
  if (text === null) return none;
  const refuse = (code: 'INVALID' | 'TOO_LONG', message: string): Logo => {
    faults.add('logo', code, message);
    return none;
  };
  // Four characters for three bytes: a longer text is not even decoded.
  if (text.length > (MAX_LOGO_BYTES * 4) / 3 + 4) return refuse('TOO_LONG', `The logo has at most ${MAX_LOGO_BYTES} bytes.`);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) return refuse('INVALID', `The logo must be ${KINDS}, its bytes written in base64.`);
  if (bytes.length > MAX_LOGO_BYTES) return refuse('TOO_LONG', `The logo has at most ${MAX_LOGO_BYTES} bytes, not ${bytes.length}.`);
  const image = readImage(bytes);
  if (image === null) return refuse('INVALID', `The logo must be ${KINDS}. Other formats, SVG among them, are not taken.`);
  if (image.width > MAX_LOGO_PIXELS || image.height > MAX_LOGO_PIXELS) {
    return refuse('INVALID', `The logo has at most ${MAX_LOGO_PIXELS} pixels a side, not ${image.width} × ${image.height}.`);
  }
  return { logoType: image.type, logoBytes: bytes.length, logoSha256: createHash('sha256').update(bytes).digest('hex'), logo: text };
}
