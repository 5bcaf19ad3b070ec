import { type Tenant, useViewer } from '../../api/session';
import { BucketCard } from '../../reports/renewals/ExpiryCards';
import { RowsCard } from '../../reports/renewals/RowsCard';
import { useRenewals } from '../../reports/renewals/useRenewals';
import { FilterBar } from '../../ui/filters/FilterBar';
import { linkTo } from '../../ui/filters/links';
import { Freshness } from '../../ui/Freshness';
import { Page } from '../../ui/Page';
import { Warnings } from '../../ui/Warnings';
import { CompanyLicences, pickLicences as pickCompanyLicences } from '../companies/queries';
import { LicencesCard } from '../detail/OwnerLists';
import { Figures } from '../overview/Figures';
import { useLiveFigures } from '../overview/useLiveFigures';
import { useOverview } from '../overview/useOverview';
import { PartnerLicences, pickLicences as pickPartnerLicences } from '../partners/queries';
import { Customers } from './Customers';
import { OwnActivity } from './OwnActivity';
import classes from './portal.module.css';
import { ReportLinks } from './ReportLinks';

const leads = {
  PARTNER: 'Your licences and those of your customers: what is in force, what ends soon, and who uses it.',
  COMPANY: 'Your licences: what is in force, what ends soon, and who uses it.',
};

/** The start page of a partner or company: its figures, what ends soon, who uses its seats, its licences, its reports. */
export default function PortalPage({ tenant }: { tenant: Tenant }) {
  const { settings } = useViewer();
  const overview = useOverview();
  const renewals = useRenewals();
  const meta = overview.result.data?.dashboard.meta;
  const isPartner = tenant.ownerType === 'PARTNER';
  const customers = overview.result.data?.utilization.totalCount;
  const rounds = linkTo('/licences');

  function refresh() {
    for (const { reload } of [overview, renewals]) reload({ requestPolicy: 'network-only' });
  }
  const busy = [overview, renewals].some(({ result }) => result.fetching || result.stale);
  const live = useLiveFigures(refresh, busy);

  return (
    <Page
      title={tenant.name}
      lead={leads[tenant.ownerType]}
      actions={
        <>
          <Warnings warnings={meta?.warnings ?? []} hrefs={{ INVALID_ROUNDS: linkTo('/licences', {}, { status: ['INVALID'] }) }} />
          <Freshness
            fetchedAt={meta?.sources[0]?.fetchedAt} timezone={settings.timezone} busy={busy} live={live} onRefresh={refresh}
          />
        </>
      }
      filters={<FilterBar keys={['window']} />}
    >
      <Figures overview={overview} worth="Annual value" />
      <div className={classes['grid']}>
        <div className={classes['wide']}>
          <BucketCard renewals={renewals} />
        </div>
        <div className={classes['narrow']}>
          <ReportLinks />
        </div>
        <div className={classes['full']}>
          <RowsCard renewals={renewals} title="Renewals coming up" />
        </div>
        {isPartner ? <Customers id={tenant.id} count={customers} /> : <div className={classes['full']}><OwnActivity tenant={tenant} /></div>}
        <div className={classes['full']}>
          {isPartner
            ? <LicencesCard id={tenant.id} query={PartnerLicences} pick={pickPartnerLicences} rowsHref={rounds} withOwner />
            : <LicencesCard id={tenant.id} query={CompanyLicences} pick={pickCompanyLicences} rowsHref={rounds} withOwner={false} />}
        </div>
      </div>
    </Page>
  );
}
