import type { EntitySchema } from 'typeorm';
import { AccountEntity, RefreshTokenEntity, SessionEntity } from '../auth/entity.js';
import { AuditEntity } from '../modules/audit/entity.js';
import { companyEntity } from '../modules/company/entity.js';
import { licenseEntity } from '../modules/license/entity.js';
import { partnerEntity } from '../modules/partner/entity.js';
import { PriceEntity } from '../modules/price/entity.js';
import { productEntity } from '../modules/product/entity.js';
import { ExchangeRateEntity } from '../modules/rates/entity.js';
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
    AuditEntity,
    ExchangeRateEntity,
    PriceEntity,
  ] as EntitySchema[];
}
