import { useEffect, useRef, useState } from "react";
import { call } from "@/api/client";
import type { Reading } from "@/api/model";

/** A text with what it was read as. */
export interface ReadText {
  text: string;
  reading: Reading;
}

/**
 * The reading of a text while it is written: asked for at most every 50 ms and one at a time, so that
 * a very long text is never asked for faster than it is read. Between two readings the last one
 * stays, so nothing flickers. What was saved is read with everything that is known by now, so it wins.
 */
export function useReading(
  task: string,
  block: string,
  text: string,
  saved: ReadText | null,
): Reading | null {
  const [live, setLive] = useState<ReadText | null>(null);
  const [turn, setTurn] = useState(0);
  const busy = useRef(false);
  const tried = useRef<string | null>(null);
  const wanted = saved?.text !== text && live?.text !== text;
  useEffect(() => {
    if (!wanted || busy.current || tried.current === text) return;
    const timer = setTimeout(() => {
      busy.current = true;
      tried.current = text;
      call("read_instructions", { task, block, text })
        .then((reading) => setLive({ text, reading }))
        // The marks are an aid: when they cannot be had the writing goes on.
        .catch(() => undefined)
        .finally(() => {
          busy.current = false;
          // What was written meanwhile has its turn now.
          setTurn((turn) => turn + 1);
        });
    }, 50);
    return () => clearTimeout(timer);
  }, [task, block, text, wanted, turn]);
  if (saved?.text === text) return saved.reading;
  return live?.reading ?? saved?.reading ?? null;
}
