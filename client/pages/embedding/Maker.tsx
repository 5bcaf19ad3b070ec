import '../forms/styles';

import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

import { useCan, useViewer } from '../../api/session';
import { CheckBox } from '../../reports/frame/ReportPage';
import { chipText } from '../../ui/filters/chipText';
import { FilterChip } from '../../ui/filters/FilterChip';
import { useFilterNames } from '../../ui/filters/names';
import { noFilters } from '../../ui/filters/urlState';
import { format } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { useCompanyHits } from '../accounts/AccountForm';
import forms from '../forms/forms.module.css';
import { usePartnerHits } from '../forms/pickers';
import { RemoteSelect } from '../forms/RemoteSelect';
import classes from './embedding.module.css';
import { type draftProblems, lockable, type Rows, type useDraft } from './useDraft';
import { dashboards, dashboardWord } from './words';

const hours = [{ value: '1', label: '1 hour' }, { value: '8', label: '8 hours' }, { value: '24', label: '24 hours' }] as const;

function Part({ title, hint, error, children }: { title: string; hint?: string; error?: string | undefined; children: ReactNode }) {
  return (
    <div className={classes['part']} role="group" aria-label={title}>
      <span className={classes['label']}>{title}</span>
      {hint && <span className={classes['hint']}>{hint}</span>}
      {children}
      {error && <span role="alert" className={classes['error']}>{error}</span>}
    </div>
  );
}

type Draft = ReturnType<typeof useDraft>;

/** Filters that the reader of the dashboard cannot change, chosen as everywhere. */
function Locks({ draft, lock }: Pick<Draft, 'draft' | 'lock'>) {
  const { settings } = useViewer();
  const names = useFilterNames(draft.locked);
  const partners = useCan('READ_PARTNERS');
  return (
    <div className={classes['chips']}>
      {lockable(draft.dashboards).filter((key) => key !== 'partner' || partners).map((key) => (
        <FilterChip
          key={key} filter={key} filters={draft.locked} text={chipText(key, draft.locked, names, settings.today, format)}
          onChange={lock} onClear={() => lock({ [key]: noFilters[key] })}
        />
      ))}
    </div>
  );
}

/** What the token shows, of which rows, where and for how long. */
export function Maker({ draft, change, lock, problems }: Draft & { problems: ReturnType<typeof draftProblems> }) {
  const whole = useViewer().tenant === null;
  const rows: { value: Rows; label: string }[] = [
    { value: 'own', label: whole ? 'Everything' : 'All of ours' }, ...(whole ? [{ value: 'partner' as const, label: 'One partner' }] : []), { value: 'company', label: 'One company' },
  ];
  const toggle = (one: (typeof dashboards)[number], on: boolean) =>
    change({ dashboards: dashboards.filter((other) => (other === one ? on : draft.dashboards.includes(other))) });
  return (
    <div className={`${forms['content']} ${classes['maker']}`}>
      <Part title="Dashboards" error={problems.dashboards}>
        <div className={classes['checks']}>
          {dashboards.map((one) => <CheckBox key={one} label={dashboardWord[one]} checked={draft.dashboards.includes(one)} onChange={(on) => toggle(one, on)} />)}
        </div>
      </Part>
      <Part title="Rows of" hint="A token never shows more than its maker sees.">
        <span><Segmented label="Rows of" options={rows} value={draft.rows} onChange={(value) => change({ rows: value })} /></span>
        {draft.rows === 'partner' && (
          <RemoteSelect
            label="Partner" placeholder="Search partners" value={draft.partner.id} valueLabel={draft.partner.name} error={problems.partner}
            onChange={(id, name) => change({ partner: { id, name } })} useHits={usePartnerHits}
          />
        )}
        {draft.rows === 'company' && (
          <RemoteSelect
            label="Company" placeholder="Search companies" value={draft.company.id} valueLabel={draft.company.name} error={problems.company}
            onChange={(id, name) => change({ company: { id, name } })} useHits={useCompanyHits}
          />
        )}
      </Part>
      <Part title="Locked filters" hint="Set by the server in every question; readers see them with a padlock.">
        <Locks draft={draft} lock={lock} />
      </Part>
      <Textarea
        label="In pages of" description="Origins, one a line; no other page can show it" placeholder="https://portal.example" required rows={2}
        value={draft.origins} onChange={(event) => change({ origins: event.currentTarget.value })} error={problems.origins}
      />
      <Part title="Ends after">
        <span><Segmented label="Ends after" options={hours} value={draft.hours as '1'} onChange={(value) => change({ hours: value })} /></span>
      </Part>
      <TextInput label="Name" description="For the list below" value={draft.name} maxLength={100} onChange={(event) => change({ name: event.currentTarget.value })} />
    </div>
  );
}
