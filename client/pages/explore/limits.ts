import type { Answer, AnswerError } from '../../api/ask';
import { format } from '../../ui/format';

interface Measured {
  value?: number;
  limit?: number;
}

const measured = (value: unknown): Measured => (typeof value === 'object' && value !== null ? value : {});

/** What the query came to beside its limit, in words; null when the server did not say. */
export function costWords({ extensions }: Answer): string | null {
  const report = measured(extensions?.['cost']);
  const { value, limit } = 'cost' in report ? measured(report.cost) : report;
  if (typeof value !== 'number') return null;
  return typeof limit === 'number' ? `cost ${format.integer(value)} of ${format.integer(limit)}` : `cost ${format.integer(value)}`;
}

/** One error in words: what the server says, where in the answer, and how far it is from a limit. */
export interface Problem {
  message: string;
  code: string | null;
  /** Field of the answer, or place in the text. */
  where: string | null;
  limit: string | null;
  requestId: string | null;
}

/** What a reader needs of an error. */
export function problemOf({ message, path, locations, extensions = {} }: AnswerError): Problem {
  const [place] = locations ?? [];
  const limit = measured(extensions['limit']) as Measured & { name?: string; actual?: number | null };
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const most = limit.value ?? limit.limit;
  return {
    message,
    code: text(extensions['code']),
    where: path && path.length > 0 ? path.join('.') : place ? `line ${place.line}, column ${place.column}` : null,
    limit: typeof most === 'number' && limit.name !== undefined
      ? `${limit.name}: ${typeof limit.actual === 'number' ? `${format.integer(limit.actual)}, ` : ''}limit ${format.integer(most)}`
      : null,
    requestId: text(extensions['requestId']),
  };
}
