import { useViewer } from '../../api/session';
import { sourceWord, statusWord } from '../words';
import { CheckList } from './CheckList';
import { DatesPicker } from './DatesPicker';
import { EntityPicker } from './EntityPicker';
import { SlugPicker } from './SlugPicker';
import { type FilterChange, type FilterKey, type Filters, useAsOf } from './state';
import { licenseSources, lifecycleStatuses } from './urlState';
import { WindowPicker } from './WindowPicker';

/** The layer behind a chip; loaded when the first one opens. */
export default function FilterPicker({
  filter,
  filters,
  onChange,
  onClose,
}: {
  filter: FilterKey;
  filters: Filters;
  onChange: (change: FilterChange) => void;
  onClose: () => void;
}) {
  const { settings } = useViewer();
  const asOf = useAsOf();
  switch (filter) {
    case 'dates':
      return <DatesPicker value={filters.dates} asOf={asOf} onChange={(dates) => onChange({ dates })} onClose={onClose} />;
    case 'partner':
    case 'company':
    case 'product':
      return <EntityPicker kind={filter} selected={filters[filter]} onChange={(ids) => onChange({ [filter]: ids })} />;
    case 'status':
      return (
        <CheckList
          label="Derived status"
          options={lifecycleStatuses.map((value) => ({ value, label: statusWord[value] }))}
          selected={filters.status}
          onChange={(values) => onChange({ status: lifecycleStatuses.filter((status) => values.includes(status)) })}
        />
      );
    case 'currency':
      return (
        <CheckList
          label="Currency"
          options={settings.currencies.map((value) => ({ value, label: value }))}
          selected={filters.currency}
          onChange={(currency) => onChange({ currency })}
        />
      );
    case 'source':
      return (
        <CheckList
          label="Source"
          options={licenseSources.map((value) => ({ value, label: sourceWord[value] }))}
          selected={filters.source}
          onChange={(values) => onChange({ source: licenseSources.filter((source) => values.includes(source)) })}
        />
      );
    case 'slug':
      return <SlugPicker selected={filters.slug} onChange={(slug) => onChange({ slug })} />;
    case 'window':
      return <WindowPicker value={filters.window} standard={settings.activityWindowDays} onChange={(window) => onChange({ window })} />;
    case 'q':
      return null;
  }
}
