import { useRef, useState } from 'react';
import { useClient } from 'urql';

import { getFragmentData, graphql } from '../../api/generated';
import type { LicenseFilter } from '../../api/generated/graphql';
import { useLive, useSparingly } from '../../api/useLive';
import type { Pages } from '../../ui/grid/usePages';
import { type Licence, LicenceRow } from './licenceRow';

const LicenseChanged = graphql(`
  subscription LicenseChanged {
    licenseChanged {
      licenseIds
      more
    }
  }
`);

/** Of rounds that changed: those that are shown, as they are now, and which of all pass the filter of the page. */
const ChangedLicences = graphql(`
  query ChangedLicences($shown: [ID!]!, $anyShown: Boolean!, $filter: LicenseFilter!, $asOf: Date, $money: Boolean!) {
    licenses(first: 500, filter: { id: { in: $shown } }, asOf: $asOf) @include(if: $anyShown) {
      nodes {
        ...LicenceRow
      }
    }
    passing: licenses(first: 500, filter: $filter, asOf: $asOf) {
      nodes {
        id
      }
    }
  }
`);

/** As many rows as one question may ask for. */
const MOST = 500;

/** What has changed elsewhere and is not shown yet; null in `count`: very much has. */
export interface Unshown {
  count: number | null;
  show(): void;
}

/** Rows that came to the list of a question, or went from it. */
interface Moved {
  of: string;
  ids: ReadonlySet<string> | 'many';
}

/** With more of them; what belongs to another question is forgotten. */
function withMore(moved: Moved, of: string, more: readonly string[] | 'many'): Moved {
  const known = moved.of === of ? moved.ids : new Set<string>();
  return { of, ids: known === 'many' || more === 'many' ? 'many' : new Set([...known, ...more]) };
}

interface Question {
  filter?: LicenseFilter | undefined;
  asOf: string;
  money: boolean;
}

/**
 * Shows what others change, where it stands: nothing moves under a reader. Rows that came to the list, or went from it, are counted until the
 * reader asks for them. Null: nothing is left to show.
 */
export function useLiveLicences(pages: Pages<Licence>, { filter, asOf, money }: Question): Unshown | null {
  const client = useClient();
  const key = JSON.stringify([filter, asOf]);
  const [moved, setMoved] = useState<Moved>({ of: key, ids: new Set() });
  const [busy, setBusy] = useState(false);
  const changed = useRef(new Set<string>());
  const latest = useRef(key);
  latest.current = key;
  const unshown = moved.of === key ? moved.ids : new Set<string>();

  const readChanged = useSparingly(() => {
    const ids = [...changed.current].slice(0, MOST);
    if (ids.length === 0) return;
    for (const id of ids) changed.current.delete(id);
    const here = new Set(pages.nodes.map(({ id }) => id));
    const shown = ids.filter((id) => here.has(id));
    setBusy(true);
    const asked = { shown, anyShown: shown.length > 0, filter: { ...filter, id: { in: ids } }, asOf, money };
    void client.query(ChangedLicences, asked, { requestPolicy: 'network-only' }).toPromise().then(({ data }) => {
      setBusy(false);
      if (latest.current !== key) return;
      if (data) {
        pages.replace(getFragmentData(LicenceRow, data.licenses?.nodes ?? []), ({ id }) => id);
        const passing = new Set(data.passing.nodes.map(({ id }) => id));
        // In the list and passes, or neither: it stands where it belongs.
        setMoved((before) => withMore(before, key, ids.filter((id) => here.has(id) !== passing.has(id))));
      } else {
        for (const id of ids) changed.current.add(id);
      }
      if (changed.current.size > 0) readChanged();
    });
  }, busy);

  useLive(LicenseChanged, {}, (data) => {
    if (data?.licenseChanged.more) setMoved((before) => withMore(before, key, 'many'));
    // After a while without events any row that is shown may have changed.
    const ids = data === null || data.licenseChanged.more ? pages.nodes.map(({ id }) => id) : data.licenseChanged.licenseIds;
    for (const id of ids) changed.current.add(id);
    if (ids.length > 0) readChanged();
  });
  if (unshown !== 'many' && unshown.size === 0) return null;
  return {
    count: unshown === 'many' ? null : unshown.size,
    show: () => {
      setMoved({ of: key, ids: new Set() });
      pages.reload();
    },
  };
}
