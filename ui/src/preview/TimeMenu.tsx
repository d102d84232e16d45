import { FastForward } from "lucide-react";
import { useState } from "react";
import { asHostError } from "@/api/host";
import { Button, IconButton } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Popover } from "@/parts/Popover";
import { usePreviewPart, type PreviewSession } from "./preview-session";

const often = ["2 hours later", "tomorrow at 9:00", "next Monday"];

/** Moves the conversation's clock forward: what is waited for runs out, and dates follow. */
export function TimeMenu({ session }: { session: PreviewSession }) {
  const log = usePreviewPart(session, "log");
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState("");
  const [refused, setRefused] = useState("");
  const move = async (to: Parameters<PreviewSession["moveTime"]>[0]) => {
    try {
      await session.moveTime(to);
      setRefused("");
      setWords("");
      setOpen(false);
    } catch (thrown) {
      setRefused(asHostError(thrown).message);
    }
  };
  return (
    <Popover
      label="Move time forward"
      align="end"
      width={264}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setRefused("");
      }}
      trigger={
        <IconButton label="Move time forward" disabled={!log}>
          <FastForward size={15} />
        </IconButton>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void move({ type: "words", text: words });
        }}
      >
        <h3 className="font-semibold">Move time forward</h3>
        <div className="flex flex-wrap gap-1.5">
          {often.map((text) => (
            <Button key={text} size="sm" onClick={() => void move({ type: "words", text })}>
              {text.charAt(0).toUpperCase() + text.slice(1)}
            </Button>
          ))}
          <Button size="sm" onClick={() => void move({ type: "wait_end" })}>
            Until the wait ends
          </Button>
        </div>
        <Field label="Or say until when" problem={refused || undefined}>
          {(ids) => (
            <Input
              {...ids}
              placeholder="3 days later"
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
        <Button look="primary" type="submit" disabled={words.trim() === ""}>
          Move
        </Button>
      </form>
    </Popover>
  );
}
