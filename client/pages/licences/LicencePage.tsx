/** Placeholder until the page is written. */
export default function LicencePage() {
  return <h1>LicencePage</h1>;
}
