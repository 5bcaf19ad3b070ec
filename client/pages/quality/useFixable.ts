import { useEffect, useState } from 'react';
import { type CombinedError, useClient } from 'urql';

import type { DataQualityFilter, DataQualityKind } from '../../api/generated/graphql';
import { type Finding, pickFindings, QualityFindings } from './queries';

/** As many as one call fixes. */
export const mostAtOnce = 1000;
const pageSize = 500;
/** Findings without a certain value may stand before those with one; so many are looked at. */
const mostRead = 5000;

/** Which findings are asked about. */
export interface FindingsQuestion {
  kind: DataQualityKind;
  filter: DataQualityFilter | null;
  asOf: string;
}

/** What can be fixed in one go. */
export interface Fixable {
  findings: readonly Finding[];
  /** Findings read whose right value is not certain. */
  uncertain: number;
  /** There are more than these. */
  more: boolean;
}

interface Answer {
  fixable: Fixable | null;
  error: CombinedError | undefined;
}

/** The findings of a kind whose right value is certain, as many as one call fixes; null until they are read. */
export function useFixable(question: FindingsQuestion, wanted: boolean): Answer {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer>({ fixable: null, error: undefined });
  const key = JSON.stringify(question);
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    const read = async () => {
      const findings: Finding[] = [];
      let [count, after, more]: [number, string | null, boolean] = [0, null, true];
      while (more && findings.length < mostAtOnce && count < mostRead) {
        const variables = { ...(JSON.parse(key) as FindingsQuestion), first: pageSize, after, withTotal: false };
        const { data, error } = await client.query(QualityFindings, variables, { requestPolicy: 'network-only' }).toPromise();
        if (!current) return;
        if (!data) return setAnswer({ fixable: null, error });
        const page = pickFindings(data);
        count += page.nodes.length;
        findings.push(...page.nodes.filter(({ fix }) => fix));
        [after, more] = [page.pageInfo.endCursor ?? null, page.pageInfo.hasNextPage];
      }
      const shown = findings.slice(0, mostAtOnce);
      return setAnswer({ fixable: { findings: shown, uncertain: count - findings.length, more: more || shown.length < findings.length }, error: undefined });
    };
    setAnswer({ fixable: null, error: undefined });
    void read();
    return () => { current = false; };
  }, [client, key, wanted]);
  return answer;
}
