export default function ReclamationPage() { return null; }
