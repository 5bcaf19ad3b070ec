const longest = 255;

/** What is wrong with the name of a company or partner as typed. */
export function nameProblem(name: string): string | undefined {
  const text = name.trim();
  if (text === '') return 'Enter a name.';
  return text.length > longest ? `At most ${longest} characters; these are ${text.length}.` : undefined;
}
