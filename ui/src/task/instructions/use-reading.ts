import { useEffect, useRef, useState } from "react";
import { call } from "@/api/client";
import type { Reading } from "@/api/model";

/**
 * The reading of a text while it is written: asked for at most every 50 ms, and an answer that
 * comes after a newer one is dropped. Between two readings the last one stays, so nothing flickers.
 */
export function useReading(
  task: string,
  block: string,
  text: string,
  saved: Reading | null,
): Reading | null {
  const [live, setLive] = useState<{ text: string; reading: Reading } | null>(null);
  const newest = useRef(0);
  const first = useRef(text);
  useEffect(() => {
    if (text === first.current && newest.current === 0) return;
    newest.current += 1;
    const number = newest.current;
    const timer = setTimeout(() => {
      call("read_instructions", { task, block, text })
        .then((reading) => {
          if (number === newest.current) setLive({ text, reading });
        })
        // The marks are an aid: when they cannot be had the writing goes on.
        .catch(() => undefined);
    }, 50);
    return () => clearTimeout(timer);
  }, [task, block, text]);
  if (live?.text === text) return live.reading;
  return newest.current === 0 || !live ? saved : live.reading;
}
