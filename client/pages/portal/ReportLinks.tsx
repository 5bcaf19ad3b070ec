import { IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { Link } from 'react-router';

import { useViewer } from '../../api/session';
import { Card } from '../../ui/Card';
import { navigationOf } from '../../ui/shell/navigation';
import classes from './portal.module.css';

/** What each report answers, by its page. */
const answers: Readonly<Record<string, string>> = {
  '/reports/position': 'What is bought against what is used',
  '/reports/renewals': 'What ends when, and what is at risk',
  '/reports/reclamation': 'Seats that can be given up',
  '/reports/cost': 'What an active user costs',
  '/reports/trend': 'How licences grow and shrink',
};

/** The reports that the viewer may open, over the same rows as the figures of the page. */
export function ReportLinks() {
  const labelId = useId();
  const items = navigationOf(useViewer()).find(({ group }) => group === 'Reports')?.items ?? [];
  return (
    <Card title="Reports" hint="Over your rows only, to filter and to take away." labelId={labelId}>
      <ul className={classes['links']}>
        {items.map(({ path, label, icon: Icon }) => (
          <li key={path}>
            <Link to={path} className={classes['link']}>
              <Icon aria-hidden size={20} stroke={1.6} />
              <span>
                <span className={classes['label']}>{label}</span>
                {answers[path] && <span className={classes['answer']}>{answers[path]}</span>}
              </span>
              <IconChevronRight aria-hidden size={16} stroke={1.8} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
