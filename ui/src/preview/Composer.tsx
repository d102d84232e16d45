import { ArrowUp, Paperclip, RotateCcw, Undo2 } from "lucide-react";
import { useState, type ClipboardEvent, type KeyboardEvent, type Ref } from "react";
import { Button, IconButton } from "@/parts/Button";
import { TextArea } from "@/parts/Field";
import { matches } from "@/parts/shortcuts";

interface ComposerProps {
  ref: Ref<HTMLTextAreaElement>;
  ended: boolean;
  onSend: (text: string) => Promise<void>;
  /** Lets a picture or file be chosen and attached; none before the conversation runs. */
  onAttach: (() => Promise<void>) | undefined;
  /** Attaches what is pasted; none where nothing can be attached. */
  onFiles: ((files: readonly File[]) => void) | undefined;
  onRestart: () => void;
  /** The last message of the customer, to bring back or to take back. */
  lastOwn: { seq: number; text: string } | undefined;
  onRewind: (seq: number) => Promise<void>;
}

/** Where the customer writes. Enter sends, Up edits the last message, Ctrl+Z goes back one turn. */
export function Composer({
  ref,
  ended,
  onSend,
  onAttach,
  onFiles,
  onRestart,
  lastOwn,
  onRewind,
}: ComposerProps) {
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<number | null>(null);
  const send = async () => {
    const message = text.trim();
    if (!message) return;
    setText("");
    if (editing !== null) {
      setEditing(null);
      await onRewind(editing);
    }
    await onSend(message);
  };
  const bringBack = () => {
    if (!lastOwn) return;
    setText(lastOwn.text);
    setEditing(lastOwn.seq);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      void send();
    } else if (event.key === "ArrowUp" && text === "" && lastOwn) {
      event.preventDefault();
      bringBack();
    } else if (event.key === "Escape" && editing !== null) {
      event.preventDefault();
      setEditing(null);
      setText("");
    } else if (matches(event.nativeEvent, "Mod+Z") && text === "" && lastOwn) {
      event.preventDefault();
      event.stopPropagation();
      setText(lastOwn.text);
      void onRewind(lastOwn.seq);
    } else if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      // Typing here is not part of the task's history.
      event.stopPropagation();
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = [...event.clipboardData.files];
    // Words copied from an office program come with a picture of themselves: the words are meant.
    if (!onFiles || files.length === 0 || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    onFiles(files);
  };
  if (ended) {
    return (
      <div className="flex shrink-0 items-center justify-center gap-2 border-t border-line bg-surface p-2.5">
        <Button icon={<RotateCcw size={14} aria-hidden />} onClick={onRestart}>
          Start again
        </Button>
        {lastOwn ? (
          <Button icon={<Undo2 size={14} aria-hidden />} onClick={() => void onRewind(lastOwn.seq)}>
            Back one turn
          </Button>
        ) : null}
      </div>
    );
  }
  return (
    <div className="shrink-0 border-t border-line bg-surface p-2.5">
      {editing !== null ? (
        <p className="pb-1 pl-1 text-12 text-muted">
          Sending this begins another try from your last message.
        </p>
      ) : null}
      <div className="flex items-end gap-1.5 rounded-lg border border-line-strong bg-surface py-1 pr-1 pl-3 focus-within:outline-2 focus-within:outline-accent hover:border-control-line">
        <TextArea
          ref={ref}
          bare
          minRows={1}
          aria-label="Message as the customer"
          placeholder="Write as the customer…"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="max-h-32 overflow-y-auto! py-1"
        />
        {onAttach ? (
          <IconButton
            label="Attach a picture or file as the customer"
            look="quiet"
            size="sm"
            onClick={() => void onAttach()}
            className="mb-0.5"
          >
            <Paperclip size={14} />
          </IconButton>
        ) : null}
        <IconButton
          label="Send"
          shortcut="Enter"
          look="primary"
          size="sm"
          disabled={!text.trim()}
          onClick={() => void send()}
          className="mb-0.5"
        >
          <ArrowUp size={14} />
        </IconButton>
      </div>
    </div>
  );
}
