import type { UIEvent } from 'react';

/** Pixels. */
export const rowHeight = 36;
/** What the page's head, filters and foot leave of the window. */
export const fromWindow = 'max(360px, calc(100dvh - 264px))';
/** Rows before the end at which the next page is asked for. */
const ahead = 40;

/** Whether the end of what was read so far comes into view. */
export const nearEnd = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent<HTMLElement>) =>
  scrollTop + clientHeight > scrollHeight - ahead * rowHeight;
