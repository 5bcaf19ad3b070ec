import type { Context } from '../../context.js';
import { once, type Page } from '../../db/page.js';
import type { DataQualityCount, DataQualityFilter, DataQualityKind } from '../../graphql.generated.js';
import { changesOf, type FieldChange } from '../audit/fields.js';
import { LICENSE } from '../license/entity.js';
import { licenseSubject } from '../license/service.js';
import type { PageArgs } from './check.js';
import { checks } from './checks/index.js';
import { countFindings } from './counts.js';
import type { Finding } from './finding.js';
import { qualityQuestion } from './question.js';
import { roundPage } from './rounds.js';

/** The state of the data: each part is looked at when it is asked for. */
export interface DataQualityModel {
  asOf: string;
  kinds: () => Promise<DataQualityCount[]>;
  findings: (kind: DataQualityKind, args: PageArgs) => Promise<Page<Finding>>;
}

/** What is wrong or doubtful in the viewer's rows, judged at a day. */
export function dataQuality(context: Context, filter: DataQualityFilter | null | undefined, asOf: string): DataQualityModel {
  const question = qualityQuestion(context, filter, asOf);
  return {
    asOf,
    kinds: once(() => countFindings(question)),
    findings: async (kind, args) => {
      const check = checks[kind];
      const page = await ('condition' in check ? roundPage(question, kind, check, args) : check.page(question, args));
      return { ...page, nodes: page.nodes.map((found) => ({ ...found, kind, question })) };
    },
  };
}

/** What is the matter, in words. */
export async function findingMessage(finding: Finding): Promise<string> {
  const check = checks[finding.kind];
  if (!('condition' in check)) return check.message(finding);
  return finding.license === undefined ? '' : check.message(finding.license, finding.question);
}

/** The field that the fix sets, before and after; null when the right value is not certain. */
export async function findingFix({ kind, license, question }: Finding): Promise<FieldChange | null> {
  const check = checks[kind];
  if (license === undefined || !('fix' in check)) return null;
  const values = await check.fix?.(license, question);
  if (values == null) return null;
  const before = licenseSubject.columns(license);
  return changesOf({ entity: LICENSE, before, after: { ...before, ...values } })[0] ?? null;
}
