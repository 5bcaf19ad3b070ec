import { IconWand } from '@tabler/icons-react';
import { Link } from 'react-router';

import { Button } from '../../ui/Button';
import { format } from '../../ui/format';
import type { Pages } from '../../ui/grid/usePages';
import { fieldWord } from '../history/words';
import type { Finding } from './queries';
import classes from './quality.module.css';
import { findingsWord, fixValues, ownerHref, subjectOf } from './words';

interface FindingsProps {
  label: string;
  pages: Pages<Finding>;
  /** Absent: the viewer may not fix, or nobody can be sure how. */
  onFix?: ((finding: Finding) => void) | undefined;
}

function Subject({ finding }: { finding: Finding }) {
  const { name, href } = subjectOf(finding);
  return (
    <>
      {href ? <Link to={href}>{name}</Link> : name}
      {finding.otherLicense && <span className={classes['under']}>and <Link to={`/licences/${finding.otherLicense.id}`}>licence {finding.otherLicense.id}</Link></span>}
      {finding.license?.product && <span className={classes['under']}>{finding.license.product.label}</span>}
    </>
  );
}

function Fix({ finding, onFix }: { finding: Finding; onFix: (finding: Finding) => void }) {
  const { fix } = finding;
  if (!fix) return <span className={classes['muted']}>Not certain: open it and decide</span>;
  return (
    <span className={classes['fix']}>
      <span>
        <span className={classes['values']}>{fixValues(fix)}</span>
        <span className={classes['under']}>{fieldWord(fix.field)}</span>
      </span>
      <Button onClick={() => onFix(finding)} aria-label={`Fix ${subjectOf(finding).name}`}><IconWand aria-hidden size={14} />Fix</Button>
    </span>
  );
}

/** The findings of a kind: what each is about, what is the matter, and what a fix would set. */
export function Findings({ label, pages, onFix }: FindingsProps) {
  const { nodes, totalCount } = pages;
  return (
    <div className={classes['frame']} data-stale={pages.stale || undefined} aria-busy={pages.stale || pages.loadingMore}>
      <table className={classes['findings']} aria-label={label}>
        <thead>
          <tr><th scope="col">What</th><th scope="col">Owner</th><th scope="col">What is wrong</th>{onFix && <th scope="col">Fix</th>}</tr>
        </thead>
        <tbody>
          {nodes.map((finding) => (
            <tr key={finding.id}>
              <td className={classes['subject']}><Subject finding={finding} /></td>
              <td className={classes['owner']}>{finding.owner ? <Link to={ownerHref(finding.owner)}>{finding.owner.name}</Link> : <span className={classes['muted']}>–</span>}</td>
              <td className={classes['message']}>{finding.message}</td>
              {onFix && <td className={classes['fixCell']}><Fix finding={finding} onFix={onFix} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes['foot']} role="status">
        {totalCount !== undefined && <span>{format.integer(nodes.length)} of {findingsWord(totalCount, format.integer(totalCount))}</span>}
        {pages.hasMore && <Button onClick={pages.loadMore} disabled={pages.loadingMore}>{pages.loadingMore ? 'Loading' : 'Show more'}</Button>}
      </div>
    </div>
  );
}
