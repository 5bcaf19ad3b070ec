let guard: ((event: PopStateEvent) => void) | null = null;

// Listeners of the window are called in the order in which they were added, so this has to come before the router's.
window.addEventListener('popstate', (event) => guard?.(event));

/** Hears of the browser's back and forward before the router does; null: nobody any more. */
export function guardBack(next: ((event: PopStateEvent) => void) | null): void {
  guard = next;
}
