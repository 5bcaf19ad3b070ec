import type { EntitySchema } from 'typeorm';
import { ApiTokenEntity } from '../auth/api-token-entity.js';
import { AccountEntity, RefreshTokenEntity, SessionEntity } from '../auth/entity.js';
import { EmbedTokenEntity } from '../embed/entity.js';
import { AuditEntity } from '../modules/audit/entity.js';
import { BrandingEntity } from '../modules/branding/entity.js';
import { companyEntity } from '../modules/company/entity.js';
import { licenseEntity } from '../modules/license/entity.js';
import { partnerEntity } from '../modules/partner/entity.js';
import { PriceEntity } from '../modules/price/entity.js';
import { productEntity } from '../modules/product/entity.js';
import { ExchangeRateEntity } from '../modules/rates/entity.js';
import { SavedQueryEntity } from '../modules/saved-query/entity.js';
import { qualifiedName, type TableMap } from './tables.js';

/** Every table we write, mapped for TypeORM. Reads in bulk do not go through entities. */
export function entities(tables: TableMap): EntitySchema[] {
  return [
    licenseEntity(qualifiedName(tables.license)),
    companyEntity(qualifiedName(tables.company)),
    partnerEntity(qualifiedName(tables.partner)),
    productEntity(qualifiedName(tables.product)),
    AccountEntity,
    SessionEntity,
    RefreshTokenEntity,
    ApiTokenEntity,
    EmbedTokenEntity,
    AuditEntity,
    ExchangeRateEntity,
    PriceEntity,
    SavedQueryEntity,
    BrandingEntity,
  ] as EntitySchema[];
}
