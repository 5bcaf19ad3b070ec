import { graphql } from '../../api/generated';
import { type LiveState, useLive, useSparingly } from '../../api/useLive';
import { useEmbedding } from '../../ui/embedding';

const DashboardChanged = graphql(`
  subscription DashboardChanged {
    dashboardChanged {
      causes
    }
  }
`);

/** Reads figures again when they may have changed, for as long as nothing is being read. Null: they are shown in somebody else's page, where nothing follows. */
export function useLiveFigures(refresh: () => void, busy: boolean): LiveState | null {
  const embedded = useEmbedding() !== null;
  const again = useSparingly(refresh, busy);
  const state = useLive(DashboardChanged, {}, (data) => {
    if (data === null || data.dashboardChanged.causes.length > 0) again();
  }, !embedded);
  return embedded ? null : state;
}
