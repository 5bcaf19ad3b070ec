import type { SavedQueryView } from '../../api/generated/graphql';
import type { ChartChoice } from './axes';

/** A query with what is needed to run it and to show its result. */
export interface Example {
  key: string;
  name: string;
  description: string;
  document: string;
  /** Text of a JSON object; YEAR stands for the present one. */
  variables?: string;
  view: SavedQueryView;
  rows?: string;
  chart?: ChartChoice;
}

/** The variables of an example as they are on a day; none: an empty text. */
export function variablesOf({ variables = '' }: Pick<Example, 'variables'>, today: string): string {
  return variables.replaceAll('YEAR', today.slice(0, 4));
}

/** Questions that people ask, to begin from. Tests run each of them. */
export const examples: readonly Example[] = [
  {
    key: 'seats-by-product',
    name: 'Seats and annual value by product',
    description: 'Any figures by any dimensions: the field analyze.',
    document: `query SeatsByProduct($first: Int = 25) {
  analyze(
    measures: [SEATS_IN_FORCE, LICENSES_IN_FORCE, ANNUAL_VALUE]
    groupBy: [PRODUCT]
    orderBy: { measure: SEATS_IN_FORCE, direction: DESC }
    first: $first
  ) {
    nodes {
      keys {
        dimension
        label
      }
      figures {
        seatsInForce
        licensesInForce
        annualValue {
          amounts {
            currency
            amount
          }
        }
      }
    }
  }
}
`,
    variables: '{ "first": 25 }',
    view: 'CHART',
    rows: 'analyze.nodes',
    chart: { type: 'BAR', x: 'keys.PRODUCT', y: 'figures.seatsInForce', series: null },
  },
  {
    key: 'starts-by-quarter',
    name: 'Licences by quarter of their start, per source',
    description: 'Two dimensions of analyze: a line for each source.',
    document: `query StartsByQuarter {
  analyze(measures: [LICENSES], groupBy: [START_QUARTER, SOURCE], first: 200) {
    nodes {
      keys {
        dimension
        value
      }
      figures {
        licenses
      }
    }
  }
}
`,
    view: 'CHART',
    rows: 'analyze.nodes',
    chart: { type: 'LINE', x: 'keys.START_QUARTER', y: 'figures.licenses', series: 'keys.SOURCE' },
  },
  {
    key: 'renewals',
    name: 'Renewals of the next 90 days',
    description: 'The report of renewals: licences by when they end, those in grace first.',
    document: `query Renewals($days: Int = 90, $first: Int = 100) {
  renewalForecast(horizonDays: $days) {
    rows(first: $first) {
      nodes {
        daysRemaining
        bucket
        state
        atRiskQuantity
        license {
          id
          ownerName
          productSlug
          expirationDate
          quantity
          renewalValueArr {
            amount
            currency
          }
        }
      }
      totalCount
    }
  }
}
`,
    variables: '{ "days": 90, "first": 100 }',
    view: 'TABLE',
    rows: 'renewalForecast.rows.nodes',
  },
  {
    key: 'unified',
    name: 'Licences of all sources that end in a period',
    description: 'Portal rounds, premium licences and trials in one list, with a filter in variables.',
    document: `query EndingBetween($from: Date!, $to: Date!, $first: Int = 200) {
  unifiedLicenses(
    filter: { expirationDate: { gte: $from, lte: $to } }
    orderBy: { field: EXPIRATION_DATE }
    first: $first
  ) {
    nodes {
      id
      source
      ownerName
      productSlug
      quantity
      purchaseDate
      expirationDate
      lifecycleStatus
      renewalValueArr {
        amount
        currency
      }
    }
    totalCount
  }
}
`,
    variables: '{\n  "from": "YEAR-01-01",\n  "to": "YEAR-12-31"\n}',
    view: 'TABLE',
    rows: 'unifiedLicenses.nodes',
  },
  {
    key: 'utilisation',
    name: 'Seats against active users',
    description: 'One line an owner: who uses more, or fewer, seats than they hold.',
    document: `query SeatsAndUsers($first: Int = 200) {
  utilization(first: $first, ownerTypes: [COMPANY]) {
    nodes {
      ownerId
      ownerName
      figures {
        seatsInForce
        activeUsers
        registeredUsers
        band
      }
    }
    totalCount
  }
}
`,
    variables: '{ "first": 200 }',
    view: 'CHART',
    rows: 'utilization.nodes',
    chart: { type: 'SCATTER', x: 'figures.seatsInForce', y: 'figures.activeUsers', series: null },
  },
  {
    key: 'trend',
    name: 'Seats in force, month by month',
    description: 'The consumption trend: what came, what went, and what was in force.',
    document: `query SeatsByMonth {
  consumptionTrend {
    points {
      from
      to
      incomplete
      seats {
        opening
        new
        expired
        net
        closing
      }
    }
  }
}
`,
    view: 'CHART',
    rows: 'consumptionTrend.points',
    chart: { type: 'LINE', x: 'from', y: 'seats.closing', series: null },
  },
  {
    key: 'companies',
    name: 'Companies with their rounds',
    description: 'Lists within lists: choose which of them makes the rows.',
    document: `query CompaniesAndRounds($search: String) {
  companies(first: 50, filter: { name: { contains: $search } }) {
    nodes {
      id
      name
      partner {
        name
      }
      licenses(first: 20) {
        nodes {
          id
          seats
          startDate
          endDate
          lifecycleStatus
        }
      }
    }
  }
}
`,
    variables: '{ "search": null }',
    view: 'TABLE',
    rows: 'companies.nodes.licenses.nodes',
  },
];
