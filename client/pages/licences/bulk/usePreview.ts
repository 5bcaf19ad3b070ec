import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from 'urql';

import { graphql } from '../../../api/generated';
import type { BulkLicenseInput, BulkPreviewQuery } from '../../../api/generated/graphql';
import { useCan } from '../../../api/session';

const BulkPreview = graphql(`
  query BulkPreview($input: BulkLicenseInput!, $money: Boolean!) {
    bulkPreview(input: $input) {
      token
      affected
      skipped
      rows {
        id
        license {
          id
          owner {
            ... on Company {
              id
              name
            }
            ... on Partner {
              id
              name
            }
          }
          product {
            id
            label
          }
          startDate
          endDate
          seats
        }
        changes {
          field
          before
          after
          afterLabel
        }
        skippedBecause
      }
      money @include(if: $money) {
        currency
        before {
          amount
          currency
        }
        after {
          amount
          currency
        }
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** What a bulk action would do. */
export type Preview = BulkPreviewQuery['bulkPreview'];
export type PreviewRow = Preview['rows'][number];

/** The preview of an action, asked anew whenever the settled input changes. `current`: it is that of the input as it now is. */
export function usePreview(input: BulkLicenseInput | null) {
  const money = useCan('READ_MONEY');
  const text = JSON.stringify(input);
  const [settled] = useDebouncedValue(text, 250);
  const asked = JSON.parse(settled) as BulkLicenseInput | null;
  const [result, read] = useQuery({
    query: BulkPreview, variables: { input: asked ?? { ids: [], action: 'DELETE' }, money }, pause: asked === null, requestPolicy: 'network-only',
  });
  const answered = result.operation ? JSON.stringify(result.operation.variables.input) : null;
  return {
    preview: input === null ? undefined : result.data?.bulkPreview,
    error: result.error,
    current: input !== null && !result.fetching && !result.error && answered === text,
    again: () => read({ requestPolicy: 'network-only' }),
  };
}
