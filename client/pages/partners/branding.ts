import { graphql } from '../../api/generated';
import type { BrandingFieldsFragment } from '../../api/generated/graphql';

export const BrandingFields = graphql(`
  fragment BrandingFields on Branding {
    etag
    displayName
    accent
    logo
    colors {
      light {
        text
        solid
        tint
      }
      dark {
        text
        solid
        tint
      }
      adapted
    }
  }
`);

/** How a partner's portal looks, as its form and its preview know it. */
export type Branding = BrandingFieldsFragment;

export const PartnerBranding = graphql(`
  query PartnerBranding($id: ID!) {
    partner(id: $id) {
      id
      name
      branding {
        ...BrandingFields
      }
    }
  }
`);

export const SetBranding = graphql(`
  mutation SetBranding($input: SetBrandingInput!) {
    setBranding(input: $input) {
      branding {
        ...BrandingFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RemoveBranding = graphql(`
  mutation RemoveBranding($partnerId: ID!, $etag: String!) {
    removeBranding(partnerId: $partnerId, etag: $etag) {
      deletedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** The values of the form: texts, the logo as a data URL. */
export type BrandingValues = { displayName: string; accent: string; logo: string };

/** What the form starts with, or what somebody else made of it. */
export function valuesOf(branding: Branding | undefined, name: string): BrandingValues {
  return { displayName: branding?.displayName ?? name, accent: branding?.accent ?? '', logo: branding?.logo ?? '' };
}

/** What is wrong with a value while it is typed; the server says the rest. */
export function brandingProblems({ displayName, accent }: BrandingValues): { displayName?: string; accent?: string } {
  const name = displayName.trim();
  return {
    ...(name === '' ? { displayName: 'Enter a name.' } : [...name].length > 60 ? { displayName: 'At most 60 characters.' } : {}),
    ...(accent === '' || /^#[0-9a-f]{6}$/i.test(accent) ? {} : { accent: 'A colour such as #0a7d55.' }),
  };
}

/** The largest logo; the server takes no larger one. */
export const largestLogo = 102_400;

/** Reads a picture as a data URL. */
export function asDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'));
    reader.readAsDataURL(file);
  });
}
