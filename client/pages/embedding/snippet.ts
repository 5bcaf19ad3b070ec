import type { EmbedDashboard } from '../../api/generated/graphql';
import { pathOf } from './words';

/** What a page needs to show a dashboard with this very token: good until it ends. */
export function trialSnippet(site: string, dashboard: EmbedDashboard, token: string): string {
  return `<script src="${site}/embed.js" async></script>
<seatwise-dashboard src="${site}" dashboard="${pathOf(dashboard)}" theme="auto"
  token="${token}"></seatwise-dashboard>`;
}

/** The same for a page that stays: its own server makes a token when one is needed. */
export function lastingSnippet(site: string, dashboard: EmbedDashboard): string {
  return `<script src="${site}/embed.js" async></script>
<seatwise-dashboard src="${site}" dashboard="${pathOf(dashboard)}" theme="auto"></seatwise-dashboard>
<script>
  // Your server calls createEmbedToken with an API token of its own and answers the text of the new token.
  document.querySelector('seatwise-dashboard').getToken = async () => {
    const answer = await fetch('/seatwise-token', { method: 'POST' });
    return answer.text();
  };
</script>`;
}
