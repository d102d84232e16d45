import { getSchema, type JSONContent } from "@tiptap/core";
import { Document } from "@tiptap/extension-document";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { EditorContent, useEditor, type Editor } from "@tiptap/react";
import { TextSelection } from "@tiptap/pm/state";
import {
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
} from "react";
import { cx } from "@/parts/class-names";
import type { Span } from "@/api/model";
import { Offers, type OffersState } from "./Offers";
import { offerSuggestions } from "./offer-suggestions";
import type { PillCatalogue, PillOffer } from "./pill-catalogue";
import { Pill, PillNames } from "./pill-node";
import { docToText, offsetAt, positionsAt, textToDoc } from "./pill-text";
import { highlightKey, WritingRules, type Highlight } from "./writing-rules";

export interface InstructionHandle {
  focus: (at?: "start" | "end") => void;
  /** Moves the caret to a place of the stored text and scrolls it into view. */
  reveal: (span: Span) => void;
  editor: Editor | null;
}

export interface Mark extends Span {
  className: string;
}

export interface InstructionEditorProps {
  ref?: Ref<InstructionHandle>;
  text: string;
  onChange: (text: string) => void;
  catalogue: PillCatalogue;
  label: string;
  placeholder?: string;
  /** Stretches to show, in code points of the stored text. */
  marks?: readonly Mark[];
  /** Told where the caret is, as an offset in the stored text. */
  onCaret?: (offset: number) => void;
  /** Called when a click lands in the text. */
  onClickAt?: (offset: number) => void;
  onMakeAttribute?: (name: string) => void;
  /** One line only: Enter does nothing. */
  single?: boolean;
  className?: string;
  "aria-describedby"?: string;
  children?: (editor: Editor) => ReactNode;
}

/** A page to write on, with attributes and actions as pills inside the sentences. */
export function InstructionEditor(props: InstructionEditorProps) {
  const { text, catalogue, label, placeholder, marks, single } = props;
  const latest = useRef(props);
  latest.current = props;
  const written = useRef(text);
  const [offers, setOffers] = useState<OffersState | null>(null);
  const [names] = useState(() => new PillNames(catalogue));
  names.replace(catalogue);

  const extensions = useMemo(
    () => [
      Document,
      Paragraph,
      Text,
      Pill.configure({ names }),
      WritingRules,
      offerSuggestions(names, setOffers),
    ],
    [names],
  );

  const startDoc = useMemo(
    () => textToDoc(getSchema(extensions), latest.current.text).toJSON() as JSONContent,
    [extensions],
  );
  const editor = useEditor(
    {
      extensions,
      content: startDoc,
      injectCSS: false,
      enableInputRules: false,
      enablePasteRules: false,
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-multiline": single ? "false" : "true",
          "aria-label": label,
          class: cx("page-text", props.className),
          spellcheck: "true",
        },
        clipboardTextParser: (pasted, _context, _plain, view) =>
          textToDoc(view.state.schema, single ? pasted.replaceAll(/\s*\n\s*/g, " ") : pasted).slice(
            0,
          ),
        handleKeyDown: (_view, event) =>
          single === true &&
          event.key === "Enter" &&
          !event.ctrlKey &&
          !event.metaKey &&
          !event.altKey,
        handleDOMEvents: {
          beforeinput: (_view, event) => {
            // The history is the whole task's; the browser's own would fight it.
            if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
              event.preventDefault();
              return true;
            }
            return false;
          },
          dragstart: (_view, event) => {
            event.preventDefault();
            return true;
          },
        },
        handleClick: (view, position) => {
          latest.current.onClickAt?.(offsetAt(view.state.doc, position));
          return false;
        },
      },
      onUpdate: ({ editor }) => {
        const next = docToText(editor.state.doc);
        if (next === written.current) return;
        written.current = next;
        latest.current.onChange(next);
      },
      onSelectionUpdate: ({ editor }) =>
        latest.current.onCaret?.(offsetAt(editor.state.doc, editor.state.selection.head)),
    },
    [extensions],
  );

  useEffect(() => {
    if (!editor || editor.isDestroyed || text === written.current) return;
    written.current = text;
    replaceText(editor, text);
  }, [editor, text]);

  useEffect(() => {
    if (!editor || editor.isDestroyed) return;
    const sorted = [...(marks ?? [])];
    const starts = positionsOf(
      editor,
      sorted.map((mark) => mark.start),
    );
    const ends = positionsOf(
      editor,
      sorted.map((mark) => mark.end),
    );
    const highlights: Highlight[] = sorted.map((mark, at) => ({
      from: starts[at] ?? 0,
      to: ends[at] ?? 0,
      className: mark.className,
    }));
    editor.view.dispatch(editor.state.tr.setMeta(highlightKey, highlights));
  }, [editor, marks, text]);

  useImperativeHandle(props.ref, () => ({
    editor,
    focus: (at = "end") => void editor?.commands.focus(at),
    reveal: (span) => {
      if (!editor) return;
      const [from = 0] = positionsOf(editor, [span.start]);
      const selection = TextSelection.near(editor.state.doc.resolve(from));
      editor.view.dispatch(editor.state.tr.setSelection(selection).scrollIntoView());
      editor.view.focus();
    },
  }));

  return (
    <div className="relative min-w-0" data-empty={text === "" || undefined}>
      {/* One above the other, so that the page is as high as its placeholder. */}
      <div className="grid *:min-w-0 *:[grid-area:1/1]">
        {text === "" && placeholder ? (
          <div
            aria-hidden
            className={cx("page-text pointer-events-none text-faint", props.className)}
          >
            {placeholder}
          </div>
        ) : null}
        <EditorContent editor={editor} />
      </div>
      {offers ? (
        <Offers
          state={offers}
          onPick={(offer: PillOffer) => offers.pick(offer)}
          {...(props.onMakeAttribute
            ? {
                onMake: (name: string) => {
                  offers.clear();
                  latest.current.onMakeAttribute?.(name);
                },
              }
            : {})}
        />
      ) : null}
      {editor && props.children ? props.children(editor) : null}
    </div>
  );
}

/** Document positions of offsets in any order. */
function positionsOf(editor: Editor, offsets: readonly number[]): number[] {
  const order = offsets.map((offset, at) => ({ offset, at })).sort((a, b) => a.offset - b.offset);
  const found = positionsAt(
    editor.state.doc,
    order.map(({ offset }) => offset),
  );
  const positions = Array.from<number>({ length: offsets.length });
  order.forEach(({ at }, index) => {
    positions[at] = found[index] ?? 0;
  });
  return positions;
}

/** Puts a text in place of the present one and keeps the caret where nothing changed. */
function replaceText(editor: Editor, text: string): void {
  const { state, view } = editor;
  const next = textToDoc(state.schema, text);
  const start = state.doc.content.findDiffStart(next.content);
  if (start === null) return;
  const end = state.doc.content.findDiffEnd(next.content);
  if (!end) return;
  const overlap = start - Math.min(end.a, end.b);
  const shift = Math.max(0, overlap);
  const transaction = state.tr.replace(start, end.a + shift, next.slice(start, end.b + shift));
  view.dispatch(transaction.setMeta("addToHistory", false));
}
