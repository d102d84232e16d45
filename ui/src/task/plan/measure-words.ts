let context: CanvasRenderingContext2D | null | undefined;

/** How wide words are in the diagram's type. Without a canvas it is a good guess. */
export function measureWords(words: string): number {
  if (context === undefined) context = brush();
  return context ? context.measureText(words).width : words.length * 6.3;
}

function brush(): CanvasRenderingContext2D | null {
  const made = document.createElement("canvas").getContext("2d");
  if (made) made.font = `12px "Inter Variable", system-ui, sans-serif`;
  return made;
}
