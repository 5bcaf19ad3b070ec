import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import { useViewer, type Viewer } from '../../api/session';
import classes from './Brand.module.css';
import { Logo } from './Logo';

type Branding = NonNullable<Viewer['branding']>;

const BrandLogo = graphql(`
  query BrandLogo {
    viewer {
      branding {
        logo
      }
    }
  }
`);

/** Whose pages these are: the partner's mark and name where it has its own, else Seatwise's. */
export function Brand({ compact = false }: { compact?: boolean }) {
  const { branding } = useViewer();
  return branding ? <OwnMark name={branding.displayName} compact={compact} /> : <Logo compact={compact} />;
}

function OwnMark({ name, compact }: { name: string; compact: boolean }) {
  // Asked for once a session: the answer is as large as the picture.
  const [{ data }] = useQuery({ query: BrandLogo, requestPolicy: 'cache-first' });
  const logo = data?.viewer.branding?.logo;
  return (
    <span className={classes['brand']} title={name}>
      {logo ? <img className={classes['image']} src={logo} alt="" /> : <span aria-hidden className={classes['tile']}>{[...name][0]?.toUpperCase()}</span>}
      <span className={compact ? 'sw-visually-hidden' : classes['name']}>{name}</span>
    </span>
  );
}

const tokens = { text: 'brand', solid: 'brand-solid', solidHover: 'brand-solid-hover', tint: 'selection' } as const;

/** Puts the partner's colours in the place of ours; which of them are readable the server has worked out. */
export function BrandColors() {
  const { branding } = useViewer();
  const colors = branding?.colors;
  if (!colors) return null;
  const rules = (Object.keys(tokens) as (keyof typeof tokens)[]).map((part) => `--sw-${tokens[part]}: light-dark(${colors.light[part]}, ${colors.dark[part]});`);
  // Two of the same weigh more than the one of tokens.css, whichever comes later.
  return <style>{`:root:root { ${rules.join(' ')} }`}</style>;
}

/** The name that stands in the title of the window. */
export function brandName(branding: Branding | null | undefined): string {
  return branding?.displayName ?? 'Seatwise';
}
