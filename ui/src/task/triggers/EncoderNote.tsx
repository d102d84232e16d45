import { TriangleAlert } from "lucide-react";
import type { EncoderState } from "@/api/model";
import { encoderWords } from "./outcome-words";

/** Says so where tasks are chosen by words only, and how to have it better. */
export function EncoderNote({ state }: { state: EncoderState }) {
  const { note, weak } = encoderWords(state);
  if (!weak) return null;
  return (
    <p className="flex gap-2 border-b border-amber-line bg-amber-surface px-4 py-2 text-12 wrap-anywhere text-amber">
      <TriangleAlert size={14} className="mt-0.5 shrink-0" aria-hidden />
      <span>
        <strong className="font-medium">Tasks are chosen by words, not by meaning.</strong> {note}
      </span>
    </p>
  );
}
