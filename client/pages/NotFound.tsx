import { ButtonLink } from '../ui/Button';
import { Page } from '../ui/Page';
import { Empty } from '../ui/states';

/** No permission and no such thing answer alike. */
export default function NotFound() {
  return (
    <Page title="Not found">
      <Empty
        title="There is nothing at this address"
        hint="It may have been deleted, or your role does not include it."
        action={<ButtonLink to="/">Go to Overview</ButtonLink>}
      />
    </Page>
  );
}
