import type { Editor } from "@tiptap/react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Sentence } from "@/api/model";
import { cx } from "@/parts/class-names";
import { sentenceKinds, tintOf } from "../sentence-kinds";
import { positionsAt } from "./pill-text";

interface Line {
  top: number;
  sentences: Sentence[];
}

/**
 * How each sentence was read, beside the line it begins on. Only lines near the window are measured,
 * so a very long text costs no more than a short one.
 */
export function SentenceMargin({
  editor,
  sentences,
  text,
  onHover,
  onOpen,
  opened,
}: {
  editor: Editor;
  sentences: readonly Sentence[];
  text: string;
  onHover: (sentence: Sentence | null) => void;
  onOpen: (sentence: Sentence) => void;
  opened: Sentence | null;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<Line[]>([]);

  const known = useRef<{ doc: unknown; of: unknown; placed: Placed[] } | null>(null);
  const measure = useCallback(() => {
    if (editor.isDestroyed || !box.current) return;
    const { doc } = editor.state;
    // Scrolling moves nothing in the text: its sentences are placed once.
    if (known.current?.doc !== doc || known.current.of !== sentences)
      known.current = { doc, of: sentences, placed: placedIn(doc, sentences) };
    setLines(linesOf(editor, known.current.placed, box.current.getBoundingClientRect().top));
  }, [editor, sentences]);

  useLayoutEffect(measure, [measure, text]);
  useEffect(() => {
    let frame = 0;
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    const page = document.getElementById("task-page");
    const watch = new ResizeObserver(later);
    watch.observe(editor.view.dom);
    page?.addEventListener("scroll", later, { passive: true });
    void document.fonts?.ready.then(later);
    return () => {
      cancelAnimationFrame(frame);
      watch.disconnect();
      page?.removeEventListener("scroll", later);
    };
  }, [editor, measure]);

  return (
    <div
      ref={box}
      className="pointer-events-none absolute top-0 right-0 bottom-0 w-24"
      aria-label="How the sentences are read"
      role="group"
    >
      {lines.map((line) => (
        <div
          key={line.top}
          className="absolute right-0 left-0 flex h-5.5 items-center gap-0.5"
          style={{ top: line.top }}
        >
          {line.sentences.map((sentence, at) => {
            const kind = sentenceKinds[sentence.meaning.kind];
            const alone = line.sentences.length === 1;
            return (
              <button
                key={`${sentence.span.start}-${sentence.span.end}`}
                type="button"
                tabIndex={-1}
                aria-label={`${kind.word}: ${(sentence.words || sentence.text).replaceAll("*", "")}`}
                onMouseEnter={() => onHover(sentence)}
                onMouseLeave={() => onHover(null)}
                onClick={() => onOpen(sentence)}
                className={cx(
                  "pointer-events-auto flex h-5 items-center gap-1 rounded-sm px-1 text-11 transition-colors hover:bg-hover",
                  tintOf(sentence),
                  opened === sentence && "bg-hover",
                )}
              >
                <kind.Icon size={13} className="shrink-0" aria-hidden />
                {alone || (at === 0 && line.sentences.length === 2) ? (
                  <span>{kind.word}</span>
                ) : null}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}

/** Sentences near the window, grouped by the line they begin on. */
function linesOf(editor: Editor, placed: readonly Placed[], boxTop: number): Line[] {
  const { view } = editor;
  const near = view.dom.getBoundingClientRect();
  const from = boundary(editor, -300, near);
  const to = Math.min(
    boundary(editor, window.innerHeight + 300, near),
    editor.state.doc.content.size,
  );
  const lines: Line[] = [];
  for (const { sentence, position } of placed) {
    if (position < from || position > to) continue;
    const { top, bottom } = view.coordsAtPos(position);
    const middle = Math.round((top + bottom) / 2 - boxTop - 11);
    const last = lines.at(-1);
    if (last && Math.abs(last.top - middle) < 14) {
      if (last.sentences.length < 4) last.sentences.push(sentence);
    } else lines.push({ top: middle, sentences: [sentence] });
  }
  return lines;
}

interface Placed {
  sentence: Sentence;
  position: number;
}

/** Clauses inside a sentence begin where it does: the outermost one stands for them in the margin. */
function placedIn(doc: Editor["state"]["doc"], sentences: readonly Sentence[]): Placed[] {
  const begun = new Set<number>();
  const outer = sentences.filter(({ span: { start } }) => !begun.has(start) && begun.add(start));
  const positions = positionsAt(
    doc,
    outer.map(({ span }) => span.start),
  );
  return outer.map((sentence, at) => ({ sentence, position: positions[at] ?? 0 }));
}

function boundary(editor: Editor, y: number, near: DOMRect): number {
  if (y <= near.top) return 0;
  if (y >= near.bottom) return Number.POSITIVE_INFINITY;
  const found = editor.view.posAtCoords({ left: near.left + 8, top: y });
  return found?.pos ?? (y < near.top + near.height / 2 ? 0 : Number.POSITIVE_INFINITY);
}
