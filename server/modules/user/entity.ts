/** A registered end user. A user with a company belongs to it; `partnerId` counts only without one. */
export interface UserRow {
  id: number;
  companyId: number | null;
  partnerId: number | null;
  active: number;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}
