/**
 * Licences of all sources that end in a period, page by page, as CSV. Node 20 and nothing else:
 *
 *   SEATWISE_URL=http://127.0.0.1:4000 SEATWISE_TOKEN=swt_… npx tsx tests/examples/ending-licences.ts 2026-01-01 2026-12-31
 *
 * The token is made on the page Profile; what it may see decides what is listed.
 */

/** What the query asks of a licence; descriptions and nulls are as in the API docs. */
interface EndingLicense {
  id: string;
  source: 'PORTAL' | 'TRIAL' | 'EXTERNAL';
  ownerName: string | null;
  productSlug: string | null;
  expirationDate: string | null;
  quantity: number;
}

interface EndingLicenses {
  unifiedLicenses: {
    nodes: EndingLicense[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

type ApiError = { message: string; extensions: { code: string; requestId: string; retryAfter?: number } };
type Answer<Data> = { data?: Data | null; errors?: ApiError[] };

const PAGE = 200;
const TRIES = 4;

const QUERY = `
  query EndingLicenses($from: Date!, $to: Date!, $first: Int!, $after: String) {
    unifiedLicenses(
      filter: { expirationDate: { gte: $from, lte: $to } }
      orderBy: { field: EXPIRATION_DATE }
      first: $first
      after: $after
    ) {
      nodes { id source ownerName productSlug expirationDate quantity }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** One request. Waits and tries again when the server asks for it; throws an Error with the request id otherwise. */
async function ask<Data>(query: string, variables: Record<string, unknown>, tries = TRIES): Promise<Data> {
  const { SEATWISE_URL = 'http://127.0.0.1:4000', SEATWISE_TOKEN = '' } = process.env;
  const response = await fetch(`${SEATWISE_URL}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${SEATWISE_TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as Answer<Data>;
  const [error] = errors;
  if (error === undefined && data != null) return data;
  const { code, requestId, retryAfter } = error?.extensions ?? { code: 'NO_DATA', requestId: '–' };
  if (retryAfter === undefined || tries <= 1) throw new Error(`${code}: ${error?.message ?? 'no data'} (request ${requestId})`);
  await new Promise((resolve) => setTimeout(resolve, retryAfter * 1000));
  return ask<Data>(query, variables, tries - 1);
}

/** All of them, whatever the number of pages. */
async function* endingLicences(from: string, to: string): AsyncGenerator<EndingLicense> {
  let after: string | null = null;
  do {
    const { unifiedLicenses }: EndingLicenses = await ask<EndingLicenses>(QUERY, { from, to, first: PAGE, after });
    yield* unifiedLicenses.nodes;
    after = unifiedLicenses.pageInfo.hasNextPage ? unifiedLicenses.pageInfo.endCursor : null;
  } while (after !== null);
}

const cell = (value: string | number | null) => {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const [from = '2026-01-01', to = '2026-12-31'] = process.argv.slice(2);
try {
  console.log('id,source,owner,product,ends,seats');
  for await (const { id, source, ownerName, productSlug, expirationDate, quantity } of endingLicences(from, to)) {
    console.log([id, source, ownerName, productSlug, expirationDate, quantity].map(cell).join(','));
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
