import { IconInfoCircle, IconWand } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';

import type { DataQualityFilter } from '../../api/generated/graphql';
import { useCan } from '../../api/session';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { useExport } from '../../ui/grid/useExport';
import { usePages } from '../../ui/grid/usePages';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { Term } from '../../ui/Term';
import { fileColumns } from './fileColumns';
import { Findings } from './Findings';
import { type Finding, type KindCount, pickFindings, QualityFindings } from './queries';
import classes from './quality.module.css';
import { kindWord, severityWord } from './words';

const FixDialog = lazy(() => import('./FixDialog'));

const shownAtOnce = 50;

interface KindCardProps {
  line: KindCount;
  filter: DataQualityFilter | null;
  asOf: string;
  /** Something was fixed, or is not as it was shown. */
  onChanged(words: string | null): void;
}

/** The findings of one kind, with their fixes where the right value is certain. */
export function KindCard({ line: { kind, severity, count, fixable }, filter, asOf, onChanged }: KindCardProps) {
  const mayFix = useCan('WRITE_LICENSES') && fixable;
  const question = useMemo(() => ({ kind, filter, asOf }), [kind, filter, asOf]);
  const pages = usePages(QualityFindings, question, pickFindings, shownAtOnce);
  const file = useExport({ query: QualityFindings, variables: question, pick: pickFindings, columns: fileColumns, name: `${kindWord[kind].toLowerCase()} ${asOf}` });
  const [fixing, setFixing] = useState<{ one?: Finding } | null>(null);
  const changed = (words: string | null) => {
    pages.reload();
    onChanged(words);
  };
  return (
    <Card
      title={kindWord[kind]} labelId="quality-kind"
      definition={<Term field={`DataQualityKind.${kind}`} plain label={`What ${kindWord[kind].toLowerCase()} means`}><IconInfoCircle aria-hidden size={16} /></Term>}
      hint={severityWord[severity].hint}
      toolbar={count > 0 && (
        <span className={classes['buttons']}>
          <ExportMenu {...file} of="findings" />
          {mayFix && <Button kind="primary" onClick={() => setFixing({})}><IconWand aria-hidden size={16} />Fix all</Button>}
        </span>
      )}
    >
      {pages.error && <ErrorCard what="The findings" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={320} />}
      {pages.totalCount === 0 && !pages.stale && <Empty title="None found" hint="No row is wrong in this way." />}
      {pages.nodes.length > 0 && <Findings label={kindWord[kind]} pages={pages} onFix={mayFix ? (one) => setFixing({ one }) : undefined} />}
      {fixing && (
        <Suspense fallback={null}>
          <FixDialog
            question={question} one={fixing.one} onClose={() => setFixing(null)} onRefused={() => changed(null)}
            onFixed={(words) => {
              setFixing(null);
              changed(words);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
