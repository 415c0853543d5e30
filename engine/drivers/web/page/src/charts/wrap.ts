// Breaks words into lines for pictures, where nothing does it for us.

/// The width of words of this size, near enough: Chinese and Japanese signs are square, others about half as wide.
export function widthOfWords(words: string, size: number): number {
  let width = 0;
  for (const c of words) width += /[\u2e80-\uffef]/.test(c) ? size : size * 0.55;
  return width;
}

export function wrap(words: string, width: number, size: number): string[] {
  const parts = /[\u3040-\u30ff\u4e00-\u9fff]/.test(words) ? [...words] : words.split(" ").map((w, i) => (i === 0 ? w : " " + w));
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    if (line !== "" && widthOfWords(line + part, size) > width) {
      lines.push(line);
      line = part.trimStart();
    } else line += part;
  }
  return [...lines, line];
}
