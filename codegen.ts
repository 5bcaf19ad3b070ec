import type { CodegenConfig } from '@graphql-codegen/cli';

const scalarTypes = {
  ID: { input: 'string', output: 'string' },
  Date: 'string',
  DateTime: 'string',
  Decimal: 'string',
  CurrencyCode: 'string',
};

const clientDocuments = ['client/**/*.{ts,tsx}', '!client/api/generated/**'];

/** Resolver types for the server, typed documents for the client, and the definitions it shows: all from the SDL. */
const config: CodegenConfig = {
  schema: 'schema/**/*.graphql',
  ignoreNoDocuments: true,
  generates: {
    'server/graphql.generated.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: './context.js#Context',
        mapperTypeSuffix: 'Model',
        mappers: {
          AuditEntry: './modules/audit/entry.js#AuditEntryRow',
          AuditEntryConnection: './modules/pages.js#AuditEntryPage',
          AuditFieldChange: './modules/audit/fields.js#FieldChange',
          LastChange: './modules/license-batch/last-change.js#LastChangeModel',
          License: './modules/license/entity.js#LicenseRow',
          BulkPreview: './modules/license-batch/bulk/bulk.js#BulkPreviewModel',
          BulkRow: './modules/license-batch/bulk/plan.js#PlannedRow',
          Company: './modules/company/entity.js#CompanyRow',
          Partner: './modules/partner/entity.js#PartnerRow',
          Product: './modules/product/entity.js#ProductRow',
          User: './modules/user/entity.js#UserRow',
          LicenseConnection: './modules/pages.js#LicensePage',
          CompanyConnection: './modules/pages.js#CompanyPage',
          PartnerConnection: './modules/pages.js#PartnerPage',
          ProductConnection: './modules/pages.js#ProductPage',
          UserConnection: './modules/pages.js#UserPage',
          UtilizationConnection: './modules/utilization/service.js#UtilizationModel',
          Dashboard: './modules/dashboard/service.js#DashboardModel',
          RevenueFigure: './modules/dashboard/service.js#RevenueModel',
          ActiveUserTotals: './modules/activity/service.js#ActiveUserTotalsModel',
          UnifiedLicense: './modules/unified/entity.js#UnifiedLicenseRow',
          EuroRateConnection: './modules/pages.js#EuroRatePage',
          Price: './modules/price/entity.js#PriceRow',
          PriceConnection: './modules/pages.js#PricePage',
          UnifiedLicenseConnection: './modules/unified/resolvers.js#UnifiedPage',
          ConsumptionTrend: './reports/consumption-trend.js#TrendModel',
          MoneySum: './reports/money-sum.js#MoneySumModel',
          TrialFunnel: './reports/trial-funnel.js#TrialFunnelModel',
          RenewalForecast: './reports/renewal-forecast.js#RenewalModel',
          RenewalFigures: './reports/renewal-forecast.js#RenewalFiguresModel',
          RenewalRow: './reports/renewal-forecast/rows.js#RenewalRowModel',
          RenewalRowConnection: './reports/renewal-forecast.js#RenewalPage',
          EffectiveLicensePosition: './reports/effective-license-position.js#PositionModel',
          PositionTotals: './reports/effective-license-position.js#PositionTotalsModel',
          PositionLine: './reports/effective-license-position/page.js#LineModel',
          PositionLineConnection: './reports/effective-license-position.js#LinePage',
          Reclamation: './reports/reclamation.js#ReclamationModel',
          ReclamationReasonFigure: './reports/reclamation.js#ReclamationReasonModel',
          ReclamationMonth: './reports/reclamation.js#ReclamationMonthModel',
          ReclamationRow: './reports/reclamation/rows.js#ReclamationRowModel',
          ReclamationRowConnection: './reports/reclamation/rows.js#ReclamationRowPage',
          CostPerActiveUser: './reports/cost-per-active-user.js#CostModel',
          SourceCost: './reports/cost-per-active-user.js#SourceCostModel',
          OwnerCost: './reports/cost-per-active-user/owners.js#OwnerCostModel',
          OwnerCostConnection: './reports/cost-per-active-user/owners.js#OwnerCostPage',
          Viewer: './auth/viewer.js#SignedInViewer',
        },
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { ...scalarTypes, ID: { input: 'string', output: 'string | number' } },
        avoidOptionals: { field: true, object: true, inputValue: false, defaultValue: false },
        inputMaybeValue: 'T | null | undefined',
      },
    },
    'client/api/generated/': {
      preset: 'client',
      documents: clientDocuments,
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'getFragmentData' } },
      config: { useTypeImports: true, enumsAsTypes: true, strictScalars: true, scalars: scalarTypes },
    },
    'client/api/generated/descriptions.ts': {
      documents: clientDocuments,
      plugins: ['./client/api/descriptions-plugin.mjs'],
    },
  },
};

export default config;
