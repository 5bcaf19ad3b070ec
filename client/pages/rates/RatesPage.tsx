import { useCan } from '../../api/session';
import { useChoice } from '../../reports/frame/useChoice';
import { Page } from '../../ui/Page';
import { Segmented } from '../../ui/Segmented';
import { Empty } from '../../ui/states';
import { PricesTab } from './PricesTab';
import { RatesTab } from './RatesTab';

const tabs = ['rates', 'prices'] as const;
type Tab = (typeof tabs)[number];

const options: readonly { value: Tab; label: string }[] = [{ value: 'rates', label: 'Exchange rates' }, { value: 'prices', label: 'Price list' }];

/** What amounts are converted with, and what premium licences cost whose provider names no price. */
export default function RatesPage() {
  const rates = useCan('READ_RATES');
  const prices = useCan('READ_PRICES');
  const [chosen, setTab] = useChoice<Tab>('tab', tabs, 'rates');
  const tab = !rates ? 'prices' : !prices ? 'rates' : chosen;
  if (!rates && !prices) return <Page title="Rates and prices"><Empty title="Your role does not include rates and prices" hint="An administrator can change that." /></Page>;
  return (
    <Page
      title="Rates and prices"
      lead={tab === 'rates' ? 'Exchange rates against the euro, the latest day first.' : 'What a premium licence costs where its provider names no price.'}
      filters={rates && prices && <span><Segmented label="List" options={options} value={tab} onChange={setTab} /></span>}
    >
      {tab === 'rates' ? <RatesTab /> : <PricesTab />}
    </Page>
  );
}
