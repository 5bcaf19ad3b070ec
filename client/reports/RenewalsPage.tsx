export default function RenewalsPage() { return null; }
