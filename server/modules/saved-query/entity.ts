import { EntitySchema } from 'typeorm';
import type { SavedQueryView } from '../../graphql.generated.js';

/** A kept query, as stored and as read. */
export interface SavedQueryRow {
  id: number;
  /** Id of the account that keeps it. */
  ownerId: number;
  name: string;
  description: string | null;
  document: string;
  /** Text of a JSON object. */
  variables: string | null;
  /** 1: everybody who may keep queries sees it. */
  shared: number;
  view: SavedQueryView;
  rowsPath: string | null;
  /** A `SavedQueryChart` as JSON. */
  chartJson: string | null;
  createdAt: Date;
  changedAt: Date;
}

/** Name of the entity inside TypeORM and in the audit log. */
export const SAVED_QUERY = 'SavedQuery';

export const SavedQueryEntity = new EntitySchema<SavedQueryRow>({
  name: SAVED_QUERY,
  tableName: 'sw_saved_queries',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    ownerId: { type: 'int', name: 'owner_id' },
    name: { type: 'varchar', length: 100 },
    description: { type: 'varchar', length: 300, nullable: true },
    document: { type: 'text' },
    variables: { type: 'text', nullable: true },
    shared: { type: 'tinyint' },
    view: { type: 'varchar', length: 8 },
    rowsPath: { type: 'varchar', length: 200, name: 'rows_path', nullable: true },
    chartJson: { type: 'text', name: 'chart_json', nullable: true },
    createdAt: { type: 'datetime', name: 'created_at', precision: 3 },
    changedAt: { type: 'datetime', name: 'changed_at', precision: 3 },
  },
});
