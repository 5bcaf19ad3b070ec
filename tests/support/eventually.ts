/** Repeats an assertion until it holds: what is done beside an answer needs a moment. Every run looks anew. */
export async function eventually(assertion: () => Promise<void> | void, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
