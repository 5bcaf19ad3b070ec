import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';

import { Session } from './api/Session';
import { HomePage } from './pages/HomePage';
import { AppShell } from './ui/shell/AppShell';
import { PageSkeleton } from './ui/PageSkeleton';

const SignIn = lazy(() => import('./pages/SignIn'));
const NotFound = lazy(() => import('./pages/NotFound'));
const Licences = lazy(() => import('./pages/licences/LicencesPage'));
const Licence = lazy(() => import('./pages/licences/LicencePage'));
const Companies = lazy(() => import('./pages/companies/CompaniesPage'));
const Company = lazy(() => import('./pages/companies/CompanyPage'));
const Partners = lazy(() => import('./pages/partners/PartnersPage'));
const Partner = lazy(() => import('./pages/partners/PartnerPage'));
const Position = lazy(() => import('./reports/PositionPage'));
const Renewals = lazy(() => import('./reports/RenewalsPage'));
const Reclamation = lazy(() => import('./reports/ReclamationPage'));
const Cost = lazy(() => import('./reports/CostPage'));
const Trend = lazy(() => import('./reports/TrendPage'));
const Trials = lazy(() => import('./reports/TrialsPage'));
const Unified = lazy(() => import('./pages/unified/UnifiedPage'));
const Imports = lazy(() => import('./pages/imports/ImportsPage'));
const Import = lazy(() => import('./pages/imports/ImportPage'));
const NewImport = lazy(() => import('./pages/imports/NewImportPage'));
const Quality = lazy(() => import('./pages/quality/QualityPage'));
const History = lazy(() => import('./pages/history/HistoryPage'));
const Explore = lazy(() => import('./pages/explore/ExplorePage'));
const Docs = lazy(() => import('./pages/docs/DocsPage'));
const Accounts = lazy(() => import('./pages/accounts/AccountsPage'));
const Tokens = lazy(() => import('./pages/tokens/TokensPage'));
const Embedding = lazy(() => import('./pages/embedding/EmbeddingPage'));
const Profile = lazy(() => import('./pages/profile/ProfilePage'));
const Providers = lazy(() => import('./pages/providers/ProvidersPage'));
const Rates = lazy(() => import('./pages/rates/RatesPage'));

/** All pages. Overview comes with the first load, since that is where people arrive; the others when first opened. */
export function App() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Routes>
        <Route path="/sign-in" element={<SignIn />} />
        <Route element={<Session />}>
          <Route element={<AppShell />}>
            <Route index element={<HomePage />} />
            <Route path="licences" element={<Licences />} />
            <Route path="licences/:id" element={<Licence />} />
            <Route path="companies" element={<Companies />} />
            <Route path="companies/:id" element={<Company />} />
            <Route path="partners" element={<Partners />} />
            <Route path="partners/:id" element={<Partner />} />
            <Route path="reports/position" element={<Position />} />
            <Route path="reports/renewals" element={<Renewals />} />
            <Route path="reports/reclamation" element={<Reclamation />} />
            <Route path="reports/cost" element={<Cost />} />
            <Route path="reports/trend" element={<Trend />} />
            <Route path="reports/trials" element={<Trials />} />
            <Route path="unified" element={<Unified />} />
            <Route path="imports" element={<Imports />} />
            <Route path="imports/new" element={<NewImport />} />
            <Route path="imports/:id" element={<Import />} />
            <Route path="quality" element={<Quality />} />
            <Route path="history" element={<History />} />
            <Route path="explore" element={<Explore />} />
            <Route path="docs" element={<Docs />} />
            <Route path="docs/:name" element={<Docs />} />
            <Route path="accounts" element={<Accounts />} />
            <Route path="tokens" element={<Tokens />} />
            <Route path="embedding" element={<Embedding />} />
            <Route path="profile" element={<Profile />} />
            <Route path="providers" element={<Providers />} />
            <Route path="rates" element={<Rates />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Route>
      </Routes>
    </Suspense>
  );
}
