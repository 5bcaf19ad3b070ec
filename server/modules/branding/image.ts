/** Kinds of images that a logo may be. An SVG can hold programs and refer to other places, so it is none of them. */
export type ImageType = 'png' | 'jpeg' | 'webp';

/** What the first bytes of a file say of it. */
export interface Image {
  type: ImageType;
  width: number;
  height: number;
}

/** Reads what a file is from its bytes, whatever it is called; null when it is no PNG, JPEG or WebP file with a size. */
export function readImage(bytes: Buffer): Image | null {
  const [type, size] = isPng(bytes) ? ['png' as const, pngSize(bytes)]
    : isJpeg(bytes) ? ['jpeg' as const, jpegSize(bytes)]
    : isWebp(bytes) ? ['webp' as const, webpSize(bytes)] : [null, null];
  if (type === null || size === null || size.width < 1 || size.height < 1) return null;
  return { type, ...size };
}

type Size = Pick<Image, 'width' | 'height'>;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Signature, and the whole of the first chunk. */
const PNG_HEAD = 33;

const isPng = (bytes: Buffer) => bytes.length >= PNG_HEAD && bytes.subarray(0, 8).equals(PNG_SIGNATURE) && bytes.toString('latin1', 12, 16) === 'IHDR';
const pngSize = (bytes: Buffer): Size => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) });

const isJpeg = (bytes: Buffer) => bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** The size stands in the frame header, behind any number of other segments. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (isFrameHeader(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** C0 to CF but for C4, C8 and CC, which are tables. */
const isFrameHeader = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The longest of the three heads below. */
const WEBP_HEAD = 30;
const isWebp = (bytes: Buffer) => bytes.length >= WEBP_HEAD && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';

function webpSize(bytes: Buffer): Size | null {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}
