import { graphql } from '../../api/generated';
import type { EuroRateFieldsFragment } from '../../api/generated/graphql';

export const EuroRateFields = graphql(`
  fragment EuroRateFields on EuroRate {
    rateDate
    currency
    unitsPerEuro
    source
  }
`);

/** A rate of one currency on one day. */
export type Rate = EuroRateFieldsFragment;

export const RatesQuery = graphql(`
  query ExchangeRates($first: Int!, $after: String, $withTotal: Boolean!, $currencies: [CurrencyCode!], $range: DateRange) {
    exchangeRates(first: $first, after: $after, currencies: $currencies, range: $range) {
      nodes {
        ...EuroRateFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

export const SetRate = graphql(`
  mutation SetExchangeRate($input: ExchangeRateInput!) {
    setExchangeRate(input: $input) {
      rate {
        ...EuroRateFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const DeleteRate = graphql(`
  mutation DeleteExchangeRate($rateDate: Date!, $currency: CurrencyCode!) {
    deleteExchangeRate(rateDate: $rateDate, currency: $currency) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const LoadRates = graphql(`
  mutation LoadExchangeRates($csv: String!, $source: String!) {
    loadExchangeRates(csv: $csv, source: $source) {
      rows
      created
      updated
      userErrors {
        field
        code
        message
      }
    }
  }
`);
