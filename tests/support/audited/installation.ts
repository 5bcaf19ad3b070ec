import type { AuditedMutation } from './call.js';

const faults = 'userErrors { code message }';

/** What belongs to the installation: rates, files of rates and prices, providers. */
export const installation: Record<string, AuditedMutation> = {
  setExchangeRate: {
    entity: 'ExchangeRate', query: `mutation { result: setExchangeRate(input: { rateDate: "2026-06-15", currency: "USD", unitsPerEuro: "1.1", source: "ECB" }) { ${faults} } }`,
  },
  deleteExchangeRate: {
    entity: 'ExchangeRate',
    prepare: async (admin) => {
      await admin('mutation { result: setExchangeRate(input: { rateDate: "2026-06-16", currency: "USD", unitsPerEuro: "1.1", source: "ECB" }) { userErrors { message } } }');
      return {};
    },
    query: `mutation { result: deleteExchangeRate(rateDate: "2026-06-16", currency: "USD") { ${faults} } }`,
  },
  loadExchangeRates: { entity: 'ExchangeRate', query: `mutation { result: loadExchangeRates(csv: "Date,JPY\\n2026-06-15,160\\n", source: "ECB") { ${faults} } }` },
  loadPrices: {
    entity: 'Price',
    query: `mutation { result: loadPrices(csv: "product,variation,amount,currency,interval_months,valid_from,valid_to\\nfile,,9.90,EUR,12,2026-01-01,\\n") { ${faults} } }`,
  },
  syncProvider: { entity: 'Provider', query: `mutation { result: syncProvider(name: "shop") { ${faults} } }` },
};
