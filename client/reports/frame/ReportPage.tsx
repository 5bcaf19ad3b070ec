import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { type FragmentType, getFragmentData } from '../../api/generated';
import type { WarningCode } from '../../api/generated/graphql';
import { useViewer } from '../../api/session';
import { Button } from '../../ui/Button';
import { useEmbedding } from '../../ui/embedding';
import { FilterBar } from '../../ui/filters/FilterBar';
import type { FilterKey } from '../../ui/filters/state';
import { Freshness } from '../../ui/Freshness';
import { Page } from '../../ui/Page';
import { StaleBanner } from '../../ui/StaleBanner';
import type { DescribedField } from '../../ui/Term';
import { Warnings } from '../../ui/Warnings';
import classes from './frame.module.css';
import { ReportMetaFields } from './meta';
import { printReport } from './print';
import { type Note, PrintNotes } from './PrintNotes';
import { reportKeys } from './scope';
import { Sources } from './Sources';

export type { DescribedField };

interface ReportPageProps {
  title: string;
  /** One sentence on what the report answers. */
  lead?: string;
  /** Filters of the report; absent: those that every report obeys. */
  keys?: readonly FilterKey[];
  /** Placeholder of a search box that filters the rows; absent: no box. */
  search?: string;
  /** The report's own choices, beside the filters: `Option` with a `Segmented`, a `CheckBox`. */
  options?: ReactNode;
  /** The choices in words, for the printed head: ["By owner", "with trials"]. */
  optionWords?: readonly string[];
  meta: FragmentType<typeof ReportMetaFields> | null | undefined;
  /** Where the rows behind a warning are. */
  warningHrefs?: Partial<Record<WarningCode, string>>;
  /** Definitions printed as notes: words and the field that defines them. */
  notes?: readonly Note[];
  busy: boolean;
  onRefresh(): void;
  children: ReactNode;
}

/** The frame of every report: title, filters, choices, where the figures come from, what to know about them, and print. */
export function ReportPage(props: ReportPageProps) {
  const { title, lead, keys = reportKeys, options, optionWords = [], busy, onRefresh, children } = props;
  const { settings } = useViewer();
  const meta = getFragmentData(ReportMetaFields, props.meta);
  const embedded = useEmbedding() !== null;
  const [printing, setPrinting] = useState(false);

  async function print() {
    setPrinting(true);
    await printReport().finally(() => setPrinting(false));
  }

  return (
    <div className={classes['report']}>
      <Page
        title={title}
        lead={lead}
        actions={
          <>
            <Warnings warnings={meta?.warnings ?? []} hrefs={props.warningHrefs ?? {}} />
            {meta && <Sources meta={meta} />}
            <Freshness fetchedAt={meta?.sources[0]?.fetchedAt} timezone={settings.timezone} busy={busy} onRefresh={onRefresh} />
            {!embedded && (
              <Button disabled={printing} onClick={() => void print()}>
                <IconPrinter aria-hidden size={16} stroke={1.8} />
                Print
              </Button>
            )}
          </>
        }
        filters={
          <div className={classes['controls']}>
            <FilterBar keys={keys} {...(props.search === undefined ? {} : { search: props.search })} />
            {options && (
              <div className={classes['options']} data-print="off">
                {options}
              </div>
            )}
            {optionWords.length > 0 && <p className="sw-print-only">{optionWords.join(' · ')}</p>}
          </div>
        }
      >
        <StaleBanner meta={meta} />
        {children}
        <PrintNotes warnings={meta?.warnings ?? []} notes={props.notes ?? []} />
      </Page>
    </div>
  );
}

/** A choice of a report with its name in front. */
export function Option({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className={classes['option']}>
      <span aria-hidden className={classes['optionLabel']}>
        {label}
      </span>
      {children}
    </span>
  );
}

/** A choice of yes or no. */
export function CheckBox({ label, checked, onChange }: { label: string; checked: boolean; onChange(checked: boolean): void }) {
  return (
    <label className={classes['check']}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
