import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Ten steps around the brand colour; Mantine fills buttons with the seventh in light and the sixth in dark. */
const brand: MantineColorsTuple = [
  '#eef0fe',
  '#e7ebfd',
  '#c3caf3',
  '#97a2ea',
  '#8f9bff',
  '#5566e8',
  '#3f51d9',
  '#3343bd',
  '#26338f',
  '#1c2669',
];

/** Mantine speaks in our tokens; what it cannot take from here, mantine.css sets. */
export const theme = createTheme({
  fontFamily: 'var(--sw-font)',
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 5 },
  colors: { brand },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  breakpoints: { xs: '36em', sm: '48em', md: '62em', lg: '75em', xl: '88em' },
  headings: { fontFamily: 'var(--sw-font)', fontWeight: '600' },
});
