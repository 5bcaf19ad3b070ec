import { Skeleton } from './states';

/** The shape of a page whose code is still on its way. */
export function PageSkeleton() {
  return (
    <div style={{ padding: 24, display: 'grid', gap: 16 }} aria-busy="true">
      <Skeleton height={32} width={220} />
      <Skeleton height={32} />
      <Skeleton height={360} />
    </div>
  );
}
